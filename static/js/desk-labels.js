// The boxes that Django's select2 puts in place of lists say what was chosen and not what for:
// their label belongs to the list that is hidden.
const NEW_BOXES = { childList: true, subtree: true };

function name(box) {
  const list = box.closest(".select2-container")?.previousElementSibling;
  const label = list?.labels?.[0];
  const chosen = box.querySelector(".select2-selection__rendered");
  if (!label || !chosen || box.dataset.named) return;
  label.id ||= `${list.id}_label`;
  box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  box.dataset.named = "";
}

function nameAll() {
  document.querySelectorAll(".select2-selection").forEach(name);
}

new MutationObserver(nameAll).observe(document.body, NEW_BOXES);
nameAll();
