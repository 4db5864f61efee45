// Classic and blocking on purpose: it runs before the first paint, so that a reader who chose
// dark never sees a white flash. Kept tiny for that reason.
(function () {
  var root = document.documentElement;
  root.dataset.scripted = "";
  try {
    var chosen = localStorage.getItem("theme");
    if (chosen === "light" || chosen === "dark") root.dataset.theme = chosen;
  } catch (refused) {
    // Storage may be forbidden; the system's choice holds then.
  }
})();
