// The whole window for writing, or nothing but the text; the drawer open or closed. This browser
// remembers each. Esc leads back.
import { eachWriting } from "./events.js";
import { remember, remembered } from "./remembered.js";
import { isMeant } from "./toolbar.js";

eachWriting((writing, text, form) => {
  const page = document.body;
  const drawer = form.querySelector("[data-desk-drawer]");
  const switches = {
    full: (isOn) => page.classList.toggle("writing-full", isOn),
    focus: (isOn) => page.classList.toggle("writing-focus", isOn),
    drawer: (isOn) => page.classList.toggle("writing-no-drawer", !isOn),
  };

  for (const [mode, apply] of Object.entries(switches)) {
    const button = writing.querySelector(`[data-writing-mode=${mode}]`);
    if (mode === "drawer" && !drawer) button.hidden = true;
    const isDrawer = mode === "drawer";
    const name = isDrawer ? "aria-expanded" : "aria-pressed";
    const set = (isOn) => {
      apply(isOn);
      button.setAttribute(name, String(isOn));
    };
    set(isDrawer ? remembered(mode) !== "no" : remembered(mode) === "yes");
    button.addEventListener("click", () => {
      const isOn = button.getAttribute(name) !== "true";
      set(isOn);
      remember(mode, isOn ? "yes" : "no");
      if (mode === "focus" && isOn) text.focus();
    });
    button.addEventListener("writing:off", () => button.getAttribute(name) === "true" && button.click());
  }

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented) return;
    if (event.key === "Escape") leave();
    for (const button of writing.querySelectorAll("[data-writing-mode][aria-keyshortcuts], [data-writing-preview-toggle]")) {
      if (!isMeant(event, button.getAttribute("aria-keyshortcuts"))) continue;
      event.preventDefault();
      button.click();
    }
    if (!isMeant(event, "Control+S")) return;
    event.preventDefault();
    form.querySelector(".submit-row [name=_continue], .submit-row [name=_save]")?.click();
  });

  // From the text alone to the whole window, and from there to the page.
  function leave() {
    const mode = ["focus", "full"].find((each) => page.classList.contains(`writing-${each}`));
    if (mode) writing.querySelector(`[data-writing-mode=${mode}]`).dispatchEvent(new Event("writing:off"));
  }
});
