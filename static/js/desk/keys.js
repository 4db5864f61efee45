// The list of keys, at Ctrl+/ or at its button.
import { eachWriting } from "./events.js";
import { openOver } from "./over_text.js";
import { isMeant } from "./toolbar.js";

eachWriting((writing, text) => {
  const list = document.querySelector("[data-writing-keys]");
  const button = writing.querySelector("[data-writing-keys-button]");
  if (!list) return;
  button.hidden = false;
  button.addEventListener("click", () => openOver(list, text));
  document.addEventListener("keydown", (event) => {
    if (!isMeant(event, "Control+/") || document.querySelector("dialog[open]")) return;
    event.preventDefault();
    openOver(list, text);
  });
});
