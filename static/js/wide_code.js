// Code never wraps by itself. A block that is wider than its column takes the margin beside it,
// where there is one; one that is wider still, or has no margin, gets a switch for wrapping.
const LABELS = document.querySelector("[data-labels]")?.dataset ?? {};

const overflows = (block) => block.scrollWidth > block.clientWidth + 1;

function tools(figure) {
  let bar = figure.querySelector(":scope > .code-tools");
  if (!bar) {
    bar = document.createElement("div");
    bar.className = "code-tools";
    figure.append(bar);
  }
  return bar;
}

function addSwitch(figure) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "code-button code-wrap";
  button.textContent = LABELS.wrap;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const wraps = figure.classList.toggle("code-wrapped");
    button.setAttribute("aria-pressed", String(wraps));
  });
  tools(figure).prepend(button);
}

function widen(figure) {
  const block = figure.querySelector("pre");
  if (!overflows(block)) return;
  figure.classList.add("code-wide");
  if (overflows(block)) addSwitch(figure);
}

const widenAll = (part) => part.querySelectorAll("[data-code]").forEach(widen);
widenAll(document);
document.addEventListener("content-added", (event) => widenAll(event.target));
