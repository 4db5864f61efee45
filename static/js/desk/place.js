// Back at the same place after a save, which loads the page anew: the field, the cursor in the text,
// and how far both were scrolled; or at what has to be corrected. Enter in the title leads into the text, where it would else save.
import { announce, eachWriting } from "./events.js";

const NAME = "desk-place";
const STALE = 60_000; // milliseconds after which the page that comes is no answer to that save

eachWriting((writing, text, form) => {
  form.querySelector("#id_title")?.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.key !== "Enter" || !isPlain) return;
    event.preventDefault();
    text.focus();
  });
  form.addEventListener("submit", (event) => {
    if (!event.defaultPrevented && !event.submitter?.hasAttribute("formaction")) keep(text, form);
  });
  const place = take();
  if (document.querySelector(".errornote")) goToError(form);
  else if (place && isAnswer(place, form)) goBack(place, writing, text, form);
});

// To the first field to correct, which names what is wrong with it; a notice about the whole text
// has taken the cursor itself.
function goToError(form) {
  const field = form.querySelector("[aria-invalid=true]");
  if (!field || form.querySelector("[data-draft-focus]")) return;
  for (let folded = field.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
  field.focus({ preventScroll: true });
  field.scrollIntoView({ block: "center", behavior: "instant" });
}

function keep(text, form) {
  const { kind, pk } = form.dataset;
  const place = {
    kind,
    pk,
    field: document.activeElement?.form === form ? document.activeElement.name : "",
    range: [text.selectionStart, text.selectionEnd],
    scrolled: [text.scrollTop, scrollY],
    at: Date.now(),
  };
  try {
    sessionStorage.setItem(NAME, JSON.stringify(place));
  } catch {
    // Storage may be forbidden; the page then begins at its top.
  }
}

function take() {
  try {
    const place = JSON.parse(sessionStorage.getItem(NAME));
    sessionStorage.removeItem(NAME);
    return place;
  } catch {
    return null;
  }
}

// What was new has a number only now.
function isAnswer(place, form) {
  const isSame = place.kind === form.dataset.kind && (place.pk || form.dataset.pk) === form.dataset.pk;
  return isSame && form.dataset.pk !== "" && Date.now() - place.at < STALE;
}

function goBack({ field, range, scrolled }, writing, text, form) {
  text.setSelectionRange(...range);
  const target = field ? form.elements.namedItem(field) : null;
  target?.focus?.({ preventScroll: true });
  text.scrollTop = scrolled[0];
  scrollTo({ top: scrolled[1], behavior: "instant" });
  // The messages stand at the top, and nobody reads them out to a cursor that is in the text.
  const said = [...document.querySelectorAll(".messagelist li")].map((each) => each.textContent.trim());
  if (said.length) announce(writing, "status", { message: said.join(" ") });
}
