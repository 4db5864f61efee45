// The notices above a text: what was not saved, what somebody else saved meanwhile, and what a merge
// left open.
import { forget } from "./browser_copies.js";
import { clock } from "./sending.js";
import { lineAt, reveal, startOfLine } from "./text.js";
import { get, post } from "./wire.js";

document.querySelectorAll("[data-drafting]").forEach(showOffers);
for (const notice of document.querySelectorAll("[data-draft-focus]")) notice.focus();
for (const button of document.querySelectorAll("[data-jump-line]"))
  button.addEventListener("click", () => jump(button.form, Number(button.dataset.jumpLine)));
for (const button of document.querySelectorAll("[data-take-field]"))
  button.addEventListener("click", () => take(button));
document.querySelectorAll("[data-local-time]").forEach(showLocalTime);

function showOffers(panel) {
  const notice = document.querySelector("[data-draft-offers]");
  const list = notice.querySelector("ul");

  function hideWhenEmpty() {
    notice.hidden = !list.querySelector("[data-draft-offer]:not([hidden])");
  }

  panel.addEventListener("drafting:ready", async ({ detail }) => {
    if (detail.isNew) await refresh(list, panel.dataset);
    list.querySelectorAll("[data-local-time]").forEach(showLocalTime);
    // What is open in another window of this browser is safe there.
    for (const offer of list.querySelectorAll("[data-draft-offer]"))
      offer.hidden = detail.alive.has(offer.dataset.draftOffer);
    hideWhenEmpty();
  });

  list.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-draft-discard]");
    if (!button) return;
    event.preventDefault(); // the page stays, with what is typed in it
    const offer = button.closest("[data-draft-offer]");
    const { ok, status } = await post(button.formAction);
    if (!ok && status !== 404) return;
    await forget(offer.dataset.draftOffer);
    offer.remove();
    hideWhenEmpty();
  });
}

// The list anew, made by the server as all of the page is.
async function refresh(list, { unsavedUrl, text }) {
  const { ok, data } = await get(`${unsavedUrl}?text=${text}`);
  if (ok) list.innerHTML = data.html;
}

function jump(form, number) {
  const text = form.querySelector("[data-writing] textarea");
  const from = startOfLine(text.value, number);
  reveal(text, from, lineAt(text.value, from).to);
}

// Fills a field with what somebody else has saved.
function take(button) {
  const field = button.form.elements[button.dataset.takeField];
  const value = button.dataset.takeValue;
  if (!field) return;
  if (field.type === "checkbox") field.checked = Boolean(value);
  else {
    const isNew = field.localName === "select" && ![...field.options].some((o) => o.value === value);
    if (isNew) field.add(new Option(button.dataset.takeName, value));
    field.value = value;
  }
  // Lists that search listen to jQuery's events only, and to these as well.
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
  button.disabled = true;
}

function showLocalTime(time) {
  const moment = new Date(time.dateTime);
  const isToday = moment.toDateString() === new Date().toDateString();
  time.textContent = isToday
    ? clock(moment)
    : moment.toLocaleString([], { dateStyle: "medium", timeStyle: "short" });
}
