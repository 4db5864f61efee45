// Pictures pasted, dropped or chosen go to the server one after the other, and their Markdown into
// the text where the cursor stands. What goes wrong is said beside the text.
import { announce, eachWriting, listen } from "./events.js";
import { insertBlock } from "./text.js";
import { post } from "./wire.js";

eachWriting((writing, text) => {
  const chooser = writing.querySelector("[data-writing-pictures]");
  const errors = writing.querySelector("[data-writing-errors]");
  const labels = writing.dataset;
  let queue = Promise.resolve();

  function take(files) {
    errors.replaceChildren();
    const all = [...files];
    queue = queue.then(() => upload(all));
  }

  async function upload(files) {
    let undescribed = null;
    for (const [place, file] of files.entries()) {
      say(`${labels.labelUploading} ${place + 1}/${files.length}…`);
      const answer = await send(file);
      if (answer.error) {
        complain(file, answer.error);
        continue;
      }
      const at = insertBlock(text, answer.image_code);
      if (!answer.alt) undescribed ??= at + 2; // between the brackets of ![]
    }
    say(undescribed === null ? "" : labels.labelDescribe);
    if (undescribed !== null) {
      text.focus();
      text.setSelectionRange(undescribed, undescribed);
    }
  }

  async function send(file) {
    if (file.size > Number(labels.maxBytes)) return { error: labels.labelTooLarge };
    const { status, data } = await post(labels.uploadUrl, { image: file });
    if (data) return data;
    if (status === 413) return { error: labels.labelTooLarge };
    return { error: status === 403 ? labels.labelRefused : labels.labelNoAnswer };
  }

  function complain(file, message) {
    const line = document.createElement("li");
    line.textContent = file.name ? `${file.name}: ${message}` : message;
    errors.append(line);
  }

  function say(message) {
    announce(writing, "status", { message });
  }

  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });
  listen(writing, "upload", ({ files }) => take(files));

  text.addEventListener("paste", (event) => {
    const files = [...event.clipboardData.files];
    // Office programs put a picture of the text beside the text itself; the text is meant.
    if (!files.length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    take(files);
  });

  text.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = "copy";
    text.classList.add("writing-drop");
  });
  text.addEventListener("dragleave", () => text.classList.remove("writing-drop"));
  text.addEventListener("drop", (event) => {
    text.classList.remove("writing-drop");
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    take(event.dataTransfer.files);
  });
});
