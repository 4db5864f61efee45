// Brings in the modules that a page names, as soon as the page has loaded. Each makes something
// handier that can be read and used already, so nothing on the first screen waits for them.
function bringIn() {
  for (const place of document.querySelectorAll("[data-behaviour]")) {
    import(place.dataset.behaviour);
  }
}

if (document.readyState === "complete") bringIn();
else window.addEventListener("load", bringIn, { once: true });
