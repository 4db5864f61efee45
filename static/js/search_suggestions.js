// Posts offered while somebody types into the search box. Arrows go through them and open the list
// again, Enter opens the one that is marked or searches, Escape closes the list. Without a script it
// is a plain form.

const PAUSE = 150; // milliseconds after the last key, so that a word costs one question
const LEAST = 2; // characters; one alone says nothing yet

for (const input of document.querySelectorAll("input[data-suggestions]")) start(input);

function start(input) {
  const list = document.createElement("ul");
  const told = document.createElement("p");
  let options = [];
  let active = -1;
  let asked = null; // the question that is under way
  let timer = 0;

  list.id = `${input.id}-suggestions`;
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestionsLabel);
  list.hidden = true;
  told.className = "sr-only";
  told.setAttribute("role", "status");
  input.closest(".search-row").append(list);
  input.closest("form").append(told);
  for (const [name, value] of [
    ["role", "combobox"],
    ["aria-autocomplete", "list"],
    ["aria-expanded", "false"],
    ["aria-controls", list.id],
  ]) input.setAttribute(name, value);

  // --- Asking --------------------------------------------------------------------

  async function ask() {
    clearTimeout(timer);
    asked?.abort();
    const question = (asked = new AbortController());
    const typed = input.value.trimStart();
    if (typed.trim().length < LEAST) return close();
    try {
      const response = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, {
        signal: question.signal,
      });
      if (!response.ok) return show([], []);
      const [, titles, , addresses] = await response.json();
      if (question !== asked || document.activeElement !== input) return;
      show(titles, addresses);
      tell(titles.length);
    } catch {
      // Without an answer there is still the form.
    }
  }

  // --- Showing -------------------------------------------------------------------

  function show(titles, addresses) {
    options = titles.map((title, place) => optionOf(title, addresses[place], place));
    list.replaceChildren(...options);
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(-1);
  }

  function tell(number) {
    const { suggestionsTold, suggestionsNone } = input.dataset;
    told.textContent = number ? suggestionsTold.replace("%d", number) : suggestionsNone;
  }

  function optionOf(title, address, place) {
    const option = document.createElement("li");
    option.id = `${list.id}-${place}`;
    option.dir = "auto";
    option.dataset.address = address;
    option.setAttribute("role", "option");
    option.textContent = title;
    return option;
  }

  function mark(place) {
    active = place;
    options.forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
    if (options[active]) {
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  function close() {
    clearTimeout(timer);
    asked?.abort();
    asked = null;
    show([], []);
    told.textContent = "";
  }

  // --- Keys and pointer ----------------------------------------------------------

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });
  input.addEventListener("keydown", async (event) => {
    if (event.isComposing) return;
    const isArrow = event.key === "ArrowDown" || event.key === "ArrowUp";
    if (isArrow && list.hidden) {
      event.preventDefault();
      await ask();
    }
    if (list.hidden) return;
    const count = options.length;
    if (event.key === "ArrowDown") mark(active + 1 < count ? active + 1 : -1);
    else if (event.key === "ArrowUp") mark(active < 0 ? count - 1 : active - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && options[active]) location.assign(options[active].dataset.address);
    else return;
    event.preventDefault();
  });
  input.addEventListener("blur", close);
  // Before the box loses the focus, which would close the list.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
}
