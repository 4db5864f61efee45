// One line beside the text in which every module of the writing page speaks. What one of them says
// stays until somebody says something else.
import { eachWriting, listen } from "./events.js";

eachWriting((writing) => {
  const line = writing.querySelector("[data-writing-status]");
  listen(writing, "status", ({ message = "", instead = null }) => {
    if (instead !== null && line.textContent !== instead) return;
    if (line.textContent !== message) line.textContent = message;
  });
});
