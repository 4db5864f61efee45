// Classic, small and asynchronous: it holds back nothing. A reader has a choice stored only after an
// earlier visit, and then this file is in the browser's cache (its name never changes its
// content), so it runs before the first paint.
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
