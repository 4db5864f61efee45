// The search over everything at the desk: a box that opens with Ctrl-K or the button. Arrows go
// through what was found, Enter opens it; without an answer Enter leads to the page of the search.

const PAUSE = 150; // milliseconds after the last key, so that a word costs one question

for (const dialog of document.querySelectorAll("[data-desk-search]")) start(dialog);

function start(dialog) {
  const input = dialog.querySelector("input");
  const list = dialog.querySelector("[role=listbox]");
  const told = dialog.querySelector("[data-desk-search-told]");
  let options = [];
  let active = -1;
  let asked = null; // the question that is under way
  let timer = 0;

  // --- Opening and closing -------------------------------------------------------

  function open() {
    if (!dialog.open) dialog.showModal();
    input.select();
    input.focus();
  }

  function isWriting(target) {
    // There Ctrl-K makes a link.
    return target instanceof Element && target.matches("textarea") && target.closest("[data-writing]");
  }

  document.addEventListener("keydown", (event) => {
    const isKey = event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey);
    if (!isKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    if (isWriting(event.target)) return;
    event.preventDefault();
    open();
  });

  for (const way of document.querySelectorAll("[data-desk-search-open]")) {
    way.addEventListener("click", (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // in a tab of its own
      event.preventDefault();
      open();
    });
  }
  dialog.querySelector("[data-desk-search-close]").addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close(); // beside the box
  });

  // --- Asking --------------------------------------------------------------------

  async function ask() {
    asked?.abort();
    const question = (asked = new AbortController());
    const query = input.value.trim();
    if (!query) return show({ groups: [], told: "" });
    const answer = await read(`${dialog.dataset.deskSearch}?${new URLSearchParams({ q: query })}`, question);
    if (question === asked && !question.signal.aborted) show(answer);
  }

  async function read(address, question) {
    try {
      const response = await fetch(address, {
        headers: { Accept: "application/json" },
        signal: question.signal,
      });
      if (response.redirected || response.status === 403) {
        return { groups: [], told: dialog.dataset.labelSignedOut };
      }
      if (response.ok) return await response.json();
    } catch {
      // Said below: to whoever waits, no network and no sense are the same.
    }
    return { groups: [], told: dialog.dataset.labelFailed };
  }

  // --- Showing -------------------------------------------------------------------

  function show(answer) {
    list.replaceChildren(...answer.groups.map(groupOf));
    options = [...list.querySelectorAll("[role=option]")];
    options.forEach((option, place) => (option.id = `desk-search-${place}`));
    list.hidden = options.length === 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    told.textContent = answer.told;
    mark(options.length ? 0 : -1);
  }

  function groupOf(group) {
    const box = document.createElement("div");
    const name = document.createElement("div");
    box.setAttribute("role", "group");
    box.setAttribute("aria-labelledby", `desk-search-of-${group.name}`);
    name.id = `desk-search-of-${group.name}`;
    name.className = "desk-search-kind";
    name.setAttribute("role", "presentation");
    name.textContent = group.label;
    box.append(name, ...group.items.map(optionOf));
    return box;
  }

  function optionOf(item) {
    const link = document.createElement("a");
    const title = document.createElement("bdi");
    const note = document.createElement("bdi");
    link.href = item.address;
    link.tabIndex = -1;
    link.setAttribute("role", "option");
    title.textContent = item.title;
    note.textContent = item.note;
    note.className = "desk-search-note";
    link.append(title, " ", note);
    return link;
  }

  function mark(place) {
    options[active]?.setAttribute("aria-selected", "false");
    active = place;
    for (const option of options) option.setAttribute("aria-selected", String(option === options[active]));
    if (options[active]) {
      input.setAttribute("aria-activedescendant", options[active].id);
      options[active].scrollIntoView({ block: "nearest" });
    } else {
      input.removeAttribute("aria-activedescendant");
    }
  }

  // --- Keys ----------------------------------------------------------------------

  input.addEventListener("input", () => {
    asked?.abort();
    mark(-1); // what is shown answers another question
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  });

  input.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && options.length) {
      event.preventDefault();
      mark((active + step + options.length) % options.length);
    } else if (event.key === "Enter" && options[active]) {
      event.preventDefault();
      options[active].click();
    } else if (event.key === "Escape") {
      // The browser would only empty the field first.
      event.preventDefault();
      dialog.close();
    }
  });
}
