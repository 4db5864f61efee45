// The boxes that Django's select2 puts in place of lists say what was chosen and not what for:
// their label belongs to the list that is hidden.
const NEW_BOXES = { childList: true, subtree: true };

function name(box) {
  const list = box.closest(".select2-container").previousElementSibling;
  const label = list?.labels?.[0];
  const chosen = box.querySelector(".select2-selection__rendered");
  if (!label || !chosen) return;
  label.id ||= `${list.id}_label`;
  box.setAttribute("aria-labelledby", `${label.id} ${chosen.id}`);
  // It claims to be a field of its own inside the box, and has no name.
  chosen.removeAttribute("role");
  chosen.removeAttribute("aria-readonly");
}

function nameSearch(field) {
  const box = document.querySelector(".select2-container--open .select2-selection");
  field.setAttribute("aria-labelledby", box?.getAttribute("aria-labelledby") ?? "");
}

function nameAll() {
  document.querySelectorAll(".select2-selection--single").forEach(name);
  document.querySelectorAll(".select2-search__field").forEach(nameSearch);
}

new MutationObserver(nameAll).observe(document.body, NEW_BOXES);
nameAll();
