// One button, three states: as the system, light, dark. The choice stays in this browser.
const NEXT = { system: "light", light: "dark", dark: "system" };
const root = document.documentElement;

const current = () => root.dataset.theme ?? "system";

function choose(theme) {
  if (theme === "system") delete root.dataset.theme;
  else root.dataset.theme = theme;
  try {
    if (theme === "system") localStorage.removeItem("theme");
    else localStorage.setItem("theme", theme);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

function name(button) {
  const label = button.dataset[`label${current()[0].toUpperCase()}${current().slice(1)}`];
  button.setAttribute("aria-label", label);
  button.title = label;
}

for (const button of document.querySelectorAll("[data-theme-toggle]")) {
  name(button);
  button.addEventListener("click", () => {
    choose(NEXT[current()]);
    name(button);
  });
}
