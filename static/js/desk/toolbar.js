// The buttons above the text and their keys. One stop for Tab; arrow keys move between buttons.
import { announce, eachWriting } from "./events.js";
import * as marks from "./marks.js";

// What each button does, by the name in its data-writing-do.
const DEEDS = {
  bold: (text) => marks.toggleMark(text, "**"),
  italic: (text) => marks.toggleMark(text, "*"),
  link: marks.toggleLink,
  code: marks.toggleCode,
  heading: marks.cycleHeading,
  fence: marks.toggleFence,
  footnote: marks.insertFootnote,
  table: marks.insertTable,
  picture: (text) => announce(text.closest("[data-writing]"), "pictures"),
};

eachWriting((writing, text) => {
  const bar = writing.querySelector("[role=toolbar]");
  const buttons = [...bar.querySelectorAll("button")];

  bar.addEventListener("click", (event) => {
    const button = event.target.closest("[data-writing-do]");
    if (button) DEEDS[button.dataset.writingDo](text);
  });

  bar.addEventListener("keydown", (event) => {
    const place = buttons.indexOf(document.activeElement);
    const last = buttons.length - 1;
    const ways = {
      ArrowRight: place === last ? 0 : place + 1,
      ArrowLeft: place === 0 ? last : place - 1,
      Home: 0,
      End: last,
    };
    if (!(event.key in ways)) return;
    event.preventDefault();
    rove(buttons[ways[event.key]]);
  });

  bar.addEventListener("focusin", (event) => rove(event.target.closest("button")));

  function rove(chosen) {
    if (!buttons.includes(chosen)) return;
    for (const button of buttons) button.tabIndex = button === chosen ? 0 : -1;
    if (document.activeElement !== chosen) chosen.focus();
  }

  text.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const button = buttons.find((each) => isMeant(event, each.getAttribute("aria-keyshortcuts")));
    if (!button) return;
    event.preventDefault();
    event.stopPropagation(); // Ctrl+K outside of the text searches the whole desk
    DEEDS[button.dataset.writingDo](text);
  });
});

// Whether the keys pressed are `shortcut`, as aria-keyshortcuts names them; a Mac has Command.
export function isMeant(event, shortcut) {
  if (!shortcut || !(event.ctrlKey || event.metaKey) || event.altKey) return false;
  const parts = shortcut.split("+").slice(1);
  const key = parts.at(-1).toLowerCase();
  return event.key.toLowerCase() === key && event.shiftKey === parts.includes("Shift");
}
