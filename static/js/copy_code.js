// A button on each block of code. Of a console session it copies the commands alone: prompts and
// output are for reading. Line numbers and the signs of a diff are never copied.
const LABELS = document.querySelector("[data-labels]")?.dataset ?? {};
const SHOWN_FOR = 1600; // milliseconds

function textOf(code) {
  const isSession = code.querySelector(".gp") !== null;
  const lines = [...(code.querySelectorAll(".line").length ? code.querySelectorAll(".line") : [code])];
  const kept = isSession ? lines.filter((line) => line.querySelector(".gp")) : lines;
  return kept.map((line) => {
    const copy = line.cloneNode(true);
    copy.querySelectorAll(".gp, .go, .sign").forEach((part) => part.remove());
    return copy.textContent;
  }).join("").replace(/\n?$/, "\n");
}

function addButton(figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-button code-copy";
  button.textContent = LABELS.copy;
  const status = document.createElement("span");
  status.className = "sr-only";
  status.setAttribute("role", "status");
  button.addEventListener("click", async () => {
    let answer = LABELS.copied;
    try {
      await navigator.clipboard.writeText(textOf(figure.querySelector("code")));
    } catch {
      answer = LABELS.failed;
    }
    button.textContent = answer;
    status.textContent = answer;
    setTimeout(() => {
      button.textContent = LABELS.copy;
      status.textContent = "";
    }, SHOWN_FOR);
  });
  tools(figure).append(button, status);
}

function tools(figure) {
  let bar = figure.querySelector(":scope > .code-tools");
  if (!bar) {
    bar = document.createElement("div");
    bar.className = "code-tools";
    figure.append(bar);
  }
  return bar;
}

const addButtons = (part) => part.querySelectorAll("[data-code]").forEach(addButton);
addButtons(document);
document.addEventListener("content-added", (event) => addButtons(event.target));
