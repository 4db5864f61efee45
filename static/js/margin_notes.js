// Footnotes move into the margin, beside the words that they explain, where the margin is wide
// enough. They move rather than being copied, so nothing is read out twice; on a narrow screen
// and without script they stay at the end.
const HAS_MARGIN = "(min-width: 84rem)"; // as in footnotes.css

function blockOf(node, text) {
  while (node.parentElement !== text) node = node.parentElement;
  return node;
}

function toMargin(section, text) {
  for (const note of [...section.querySelectorAll("li.footnote")]) {
    const back = note.querySelector(".footnote-back");
    const reference = back && document.getElementById(decodeURIComponent(back.hash.slice(1)));
    if (!reference || !text.contains(reference)) continue;
    const aside = document.createElement("aside");
    aside.className = "margin-note";
    aside.id = note.id;
    aside.setAttribute("role", "doc-footnote");
    aside.dataset.number = reference.textContent.trim();
    note.removeAttribute("id");
    aside.append(...note.childNodes);
    blockOf(reference, text).before(aside);
  }
  section.hidden = !section.querySelector("li.footnote > *");
}

function toEnd(section, text) {
  const asides = [...text.querySelectorAll(":scope > .margin-note")];
  const places = [...section.querySelectorAll("li.footnote:empty")];
  // Both are in the order of the numbers once sorted.
  asides.sort((one, other) => one.dataset.number - other.dataset.number);
  asides.forEach((aside, index) => {
    places[index].id = aside.id;
    places[index].append(...aside.childNodes);
    aside.remove();
  });
  section.hidden = false;
}

for (const section of document.querySelectorAll(".prose > .footnotes")) {
  const text = section.parentElement;
  const margin = window.matchMedia(HAS_MARGIN);
  const place = () => (margin.matches ? toMargin : toEnd)(section, text);
  if (margin.matches) place();
  margin.addEventListener("change", place);
  // Paper has no use for notes that hang outside the column.
  window.addEventListener("beforeprint", () => toEnd(section, text));
  window.addEventListener("afterprint", place);
}
