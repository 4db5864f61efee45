// How long the text is, as its readers will be told, and its headings to jump to.
import { eachWriting, listen } from "./events.js";
import { reveal, startOfLine } from "./text.js";

eachWriting((writing, text) => {
  const length = writing.querySelector("[data-writing-length]");
  const outline = writing.querySelector("[data-writing-outline]");
  const list = outline.querySelector("ol");

  listen(writing, "rendered", ({ words, minutes, toc }) => {
    length.textContent = [counted(words, "words"), counted(minutes, "minutes")].join(" · ");
    outline.hidden = !toc.length;
    list.replaceChildren(...toc.map(entry));
  });

  function counted(number, unit) {
    const wording = number === 1 ? length.dataset[`${unit}One`] : length.dataset[unit];
    return wording.replace("%", number.toLocaleString(document.documentElement.lang));
  }

  function entry({ level, text: heading, line }) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = heading;
    button.dataset.level = level;
    button.addEventListener("click", () => {
      outline.open = false;
      const at = startOfLine(text.value, line);
      reveal(text, at, at);
    });
    item.append(button);
    return item;
  }

  outline.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !outline.open) return;
    event.stopPropagation();
    outline.open = false;
    outline.querySelector("summary").focus();
  });
});
