// Pictures pasted, dropped or chosen go to the server one after the other, and their Markdown into
// the text where the cursor stands. What goes wrong is said beside the text.

import { eachWriting } from "./events.js";
import { insertBlock } from "./text.js";

eachWriting(start);

function start(writing, text) {
  const chooser = writing.querySelector("[data-writing-pictures]");
  const status = writing.querySelector("[data-writing-status]");
  const errors = writing.querySelector("[data-writing-errors]");
  const labels = writing.dataset;
  const token = text.form.elements.csrfmiddlewaretoken;
  let queue = Promise.resolve();

  function take(files) {
    errors.replaceChildren();
    const all = [...files];
    queue = queue.then(() => upload(all));
  }

  async function upload(files) {
    let undescribed = null;
    for (const [place, file] of files.entries()) {
      status.textContent = `${labels.labelUploading} ${place + 1}/${files.length}…`;
      const answer = await send(file);
      if (answer.error) {
        complain(file, answer.error);
        continue;
      }
      const at = insertBlock(text, answer.image_code);
      if (!answer.alt) undescribed ??= at + 2; // between the brackets of ![]
    }
    status.textContent = undescribed === null ? "" : labels.labelDescribe;
    if (undescribed !== null) {
      text.focus();
      text.setSelectionRange(undescribed, undescribed);
    }
  }

  async function send(file) {
    if (file.size > Number(labels.maxBytes)) return { error: labels.labelTooLarge };
    const form = new FormData();
    form.set("csrfmiddlewaretoken", token.value);
    form.set("image", file, file.name || "picture");
    try {
      const answer = await fetch(labels.uploadUrl, { method: "POST", body: form });
      const said = await answer.json().catch(() => null);
      if (said) return said;
      if (answer.status === 413) return { error: labels.labelTooLarge };
      return { error: answer.status === 403 ? labels.labelRefused : labels.labelNoAnswer };
    } catch {
      return { error: labels.labelNoAnswer };
    }
  }

  function complain(file, message) {
    const line = document.createElement("li");
    line.textContent = file.name ? `${file.name}: ${message}` : message;
    errors.append(line);
  }

  chooser.addEventListener("change", () => {
    take(chooser.files);
    chooser.value = "";
  });

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
}
