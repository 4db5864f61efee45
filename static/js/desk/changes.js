// Tells the other modules when the text has changed and its author pauses.
import { announce, eachWriting } from "./events.js";

const PAUSE = 300; // milliseconds without a key

eachWriting((writing, text) => {
  let timer = 0;
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => announce(writing, "changed", { text: text.value }), PAUSE);
  });
});
