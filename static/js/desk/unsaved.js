// Asks before the page is left with words in it that were not saved.

for (const writing of document.querySelectorAll("[data-writing]")) {
  const form = writing.closest("form");
  let changed = false;
  form.addEventListener("input", () => (changed = true));
  form.addEventListener("submit", () => (changed = false));
  window.addEventListener("beforeunload", (event) => {
    if (changed) event.preventDefault();
  });
}
