// Putting the parts of a series in order, by dragging and by buttons. Without this the numbers are
// typed; here they follow from the places, and are sent with the form all the same.
const list = document.querySelector("[data-series-parts]");
const items = () => [...list.querySelectorAll("[data-part]")];

function number() {
  items().forEach((item, index, all) => {
    item.querySelector("[data-number]").value = index + 1;
    item.querySelector("[data-shown-number]").textContent = index + 1;
    item.querySelector("[data-up]").disabled = index === 0;
    item.querySelector("[data-down]").disabled = index === all.length - 1;
  });
}

function tell(item) {
  const all = items();
  const words = { number: all.indexOf(item) + 1, total: all.length, title: item.querySelector("[data-title]").textContent };
  document.querySelector("[data-parts-said]").textContent =
    list.dataset.said.replace(/\{(number|total|title)\}/g, (_all, name) => words[name]);
}

function settle(item) {
  number();
  tell(item);
}

function step(button, item, isUp) {
  const beside = isUp ? item.previousElementSibling : item.nextElementSibling;
  if (!beside) return;
  if (isUp) beside.before(item);
  else beside.after(item);
  settle(item);
  // At an end this button is asleep, and the focus would be nowhere.
  (button.disabled ? item.querySelector(isUp ? "[data-down]" : "[data-up]") : button).focus();
}

// The item moves in the page while it is dragged, so that nobody guesses where it will land. Events
// are taken at the document: an element that moves in the tree loses its hold on the pointer.
function drag(event, item) {
  event.preventDefault();
  const home = item.nextElementSibling;
  const stop = new AbortController();
  const end = () => {
    stop.abort();
    item.classList.remove("desk-parts-dragged");
    settle(item);
  };
  const follow = ({ clientY }) => {
    const below = items().find((other) => {
      const box = other.getBoundingClientRect();
      return other !== item && clientY < box.top + box.height / 2;
    });
    if ((below ?? null) !== item.nextElementSibling) list.insertBefore(item, below ?? null);
  };
  item.classList.add("desk-parts-dragged");
  document.addEventListener("pointermove", follow, { signal: stop.signal });
  document.addEventListener("pointerup", end, { signal: stop.signal });
  document.addEventListener("pointercancel", end, { signal: stop.signal });
  document.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    list.insertBefore(item, home);
    end();
  }, { signal: stop.signal });
}

function prepare(item) {
  const input = item.querySelector("[data-number]");
  input.type = "hidden";
  const [up, down, handle] = ["up", "down", "handle"].map((name) => item.querySelector(`[data-${name}]`));
  for (const part of [up, down, handle, item.querySelector("[data-shown-number]")]) part.hidden = false;
  up.addEventListener("click", () => step(up, item, true));
  down.addEventListener("click", () => step(down, item, false));
  handle.addEventListener("pointerdown", (event) => {
    if (event.isPrimary && event.button === 0) drag(event, item);
  });
}

if (list) {
  items().forEach(prepare);
  number();
  const help = document.querySelector("[data-parts-help]");
  help.textContent = help.dataset.partsHelp;
}
