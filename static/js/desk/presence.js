// Who else writes here, as the server told with the last sign of life.
import { clock } from "./sending.js";

for (const panel of document.querySelectorAll("[data-drafting]")) showOthers(panel);

function showOthers(panel) {
  const list = panel.querySelector("[data-draft-others] ul");
  const alone = panel.querySelector("[data-draft-alone]");
  const newer = panel.querySelector("[data-draft-newer]");
  const basedOn = panel.closest("form").elements.based_on;
  const labels = panel.dataset;

  panel.addEventListener("drafting:answer", ({ detail }) => {
    const lines = detail.others.map((other) =>
      [
        `${other.is_me ? labels.labelMe : other.name}, ${labels.labelSince} ${clock(other.since)}`,
        ...(other.is_unsaved ? [labels.labelUnsaved] : []),
      ].join(", "),
    );
    // A live region that is filled with the same says it again.
    const shown = [...list.children].map((item) => item.textContent);
    if (JSON.stringify(shown) !== JSON.stringify(lines))
      list.replaceChildren(...lines.map(makeItem));
    alone.hidden = lines.length > 0;
    const told = detail.revision_number > Number(basedOn.value) ? labels.labelNewer : "";
    if (newer.textContent !== told) newer.textContent = told;
  });
}

function makeItem(text) {
  const item = document.createElement("li");
  item.textContent = text;
  return item;
}
