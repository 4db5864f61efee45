// The panel of draft links: making and withdrawing one without leaving the page, and copying.
import { post } from "./wire.js";

const form = document.querySelector("[data-draft-link-form]");
const panel = () => document.querySelector("[data-draft-links]");

function say(words) {
  document.querySelector("[data-draft-links-said]").textContent = words;
}

function showCopyButtons() {
  panel()?.querySelectorAll("[data-copies]").forEach((button) => { button.hidden = false; });
}

async function copy(button) {
  const field = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(field.value);
    say(button.dataset.copied);
  } catch {
    field.focus();
    field.select();
    say(button.dataset.failed);
  }
}

async function send(event) {
  event.preventDefault();
  const button = event.submitter;
  const isNew = !button.hasAttribute("formaction");
  button.disabled = true;
  const { ok, data } = await post(isNew ? form.action : button.formAction, new FormData(form));
  if (data?.panel) panel().outerHTML = data.panel;
  else button.disabled = false;
  say(data?.told ?? form.dataset.failed);
  if (!data?.panel) return;
  showCopyButtons();
  // The button that had the focus is gone: on to the new address, or to the head of the list.
  const address = isNew && ok ? panel()?.querySelector("[data-address]") : null;
  (address ?? document.getElementById("draft-links-title"))?.focus();
  address?.select();
}

if (form) {
  showCopyButtons();
  form.addEventListener("submit", send);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-copies]");
    if (button) copy(button);
  });
}
