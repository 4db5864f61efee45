// A screenshot opens large in a dialog over the page; without script its link opens the picture.
const LABELS = document.querySelector("[data-labels]")?.dataset ?? {};
let dialog;

function build() {
  dialog = document.createElement("dialog");
  dialog.className = "lightbox";
  const figure = document.createElement("figure");
  const image = document.createElement("img");
  const caption = document.createElement("figcaption");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "lightbox-close";
  close.textContent = LABELS.close;
  close.addEventListener("click", () => dialog.close());
  figure.append(image, caption);
  dialog.append(close, figure);
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target === image) dialog.close();
  });
  document.body.append(dialog);
}

function show(link) {
  if (!dialog) build();
  const small = link.querySelector("img");
  const image = dialog.querySelector("img");
  const caption = dialog.querySelector("figcaption");
  const text = link.closest("figure")?.querySelector("figcaption")?.textContent ?? "";
  image.src = link.href;
  image.alt = small.alt;
  // Known before it loads, so that nothing moves when it does.
  image.width = small.getAttribute("width");
  image.height = small.getAttribute("height");
  caption.textContent = text;
  caption.hidden = !text;
  dialog.setAttribute("aria-label", small.alt || text || LABELS.picture);
  dialog.showModal(); // Esc closes it, and the browser gives the focus back to the link
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[data-enlarge]");
  if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  show(link);
});
