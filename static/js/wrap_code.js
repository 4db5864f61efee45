// Code never wraps by itself; a block that is wider than its box gets a switch for it.
const LABELS = document.querySelector("[data-labels]")?.dataset ?? {};

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

for (const figure of document.querySelectorAll("[data-code]")) {
  const block = figure.querySelector("pre");
  if (block.scrollWidth > block.clientWidth + 1) addSwitch(figure);
}
