// A click on the sign beside a heading copies its full address, and goes there as any link does.
const LABELS = document.querySelector("[data-labels]")?.dataset ?? {};
const SHOWN_FOR = 1600; // milliseconds

const status = document.createElement("span");
status.className = "sr-only";
status.setAttribute("role", "status");
document.body.append(status);

document.addEventListener("click", async (event) => {
  const anchor = event.target.closest?.("a.anchor");
  if (!anchor) return;
  try {
    await navigator.clipboard.writeText(anchor.href);
  } catch {
    return; // the address bar shows it all the same
  }
  anchor.dataset.copied = LABELS.copied;
  status.textContent = LABELS.copied;
  setTimeout(() => {
    delete anchor.dataset.copied;
    status.textContent = "";
  }, SHOWN_FOR);
});
