// The queue without reloading: a button's answer folds its row away, with a way back, and keys do
// what the buttons do. Whatever goes wrong is said in the row, and nothing typed is lost.

const KEYS_OFF = "queue-keys-off";

for (const queue of document.querySelectorAll("[data-queue]")) start(queue);

function start(queue) {
  const rows = [...queue.querySelectorAll("[data-queue-row]")];
  const deed = document.getElementById("deed");
  const help = queue.querySelector("[data-queue-help]");
  const decided = []; // rows folded away, the last one last

  // --- Asking the site ---------------------------------------------------------

  async function send(address, fields) {
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: fields,
        headers: { Accept: "application/json" },
      });
      if (answer.redirected || answer.status === 403) {
        return { failed: true, told: queue.dataset.labelSignedOut };
      }
      if (answer.ok) return await answer.json();
    } catch {
      // Said below: to whoever waits, no network and no sense are the same.
    }
    return { failed: true, told: queue.dataset.labelFailed };
  }

  async function press(row, button) {
    if (row.ariaBusy === "true") return;
    row.ariaBusy = "true";
    const fields = new FormData(deed);
    fields.set(button.name, button.value);
    const answer = await send(button.formAction, fields);
    row.ariaBusy = "false";
    if (answer.failed || button.hasAttribute("data-queue-stays")) say(row, answer);
    else fold(row, answer);
  }

  async function reply(row, form) {
    if (row.ariaBusy === "true") return;
    row.ariaBusy = "true";
    const answer = await send(form.action, new FormData(form));
    row.ariaBusy = "false";
    const error = form.querySelector("[data-queue-error]");
    error.textContent = answer.failed ? answer.told : "";
    if (answer.failed) return;
    form.reset();
    fold(row, answer);
  }

  async function takeBack(row) {
    const answer = await send(row.undoAddress, new FormData(deed));
    if (answer.failed) return say(row, answer);
    unfold(row);
  }

  // --- Rows ----------------------------------------------------------------------

  function say(row, answer) {
    const line = row.querySelector("[data-queue-fold]");
    line.replaceChildren(answer.told + " ");
    if (!answer.undo) return;
    row.undoAddress = answer.undo;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "undo";
    button.textContent = queue.dataset.labelUndo;
    button.addEventListener("click", () => takeBack(row));
    line.append(button);
  }

  function fold(row, answer) {
    const next = neighbour(row, 1) ?? neighbour(row, -1);
    row.classList.add("is-folded");
    row.querySelector("input[type=checkbox]").checked = false;
    say(row, answer);
    if (answer.undo) decided.push(row);
    if (row.contains(document.activeElement) || document.activeElement === document.body) {
      (next ?? row).focus();
    }
  }

  function unfold(row) {
    const place = decided.indexOf(row);
    if (place >= 0) decided.splice(place, 1);
    row.classList.remove("is-folded");
    row.querySelector("[data-queue-fold]").replaceChildren();
    row.focus();
  }

  function neighbour(row, step) {
    for (let place = rows.indexOf(row) + step; rows[place]; place += step) {
      if (!rows[place].classList.contains("is-folded")) return rows[place];
    }
    return null;
  }

  function current() {
    return document.activeElement?.closest("[data-queue-row]");
  }

  for (const row of rows) {
    const form = row.querySelector("[data-queue-reply] form");
    row.addEventListener("click", (event) => {
      const button = event.target.closest("button[form=deed]");
      if (!button) return;
      event.preventDefault();
      press(row, button);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      reply(row, form);
    });
  }

  const all = queue.querySelector("[data-queue-all]");
  if (all) {
    all.hidden = false;
    all.querySelector("input").addEventListener("change", (event) => {
      for (const row of rows) {
        const box = row.querySelector("input[type=checkbox]");
        box.checked = event.target.checked && !row.classList.contains("is-folded");
      }
    });
  }

  // --- Keys ----------------------------------------------------------------------

  const actions = {
    j: (row) => (row ? neighbour(row, 1) : rows[0])?.focus(),
    k: (row) => (row ? neighbour(row, -1) : rows.at(-1))?.focus(),
    x: (row) => row?.querySelector("input[type=checkbox]").click(),
    u: () => decided.length && takeBack(decided.at(-1)),
    "?": () => help.showModal(),
    r: (row) => {
      const box = row?.querySelector("[data-queue-reply]");
      if (!box) return;
      box.open = true;
      box.querySelector("textarea").focus();
    },
  };

  function isTyping(target) {
    return target.closest("textarea, select, [contenteditable], input:not([type=checkbox])");
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
    if (isTyping(event.target) || (localStorage.getItem(KEYS_OFF) && event.key !== "?")) return;
    const row = current();
    const action = actions[event.key];
    const button =
      row && !row.classList.contains("is-folded") && !action
        ? row.querySelector(`[data-queue-key="${CSS.escape(event.key)}"]`)
        : null;
    if (!action && !button) return;
    event.preventDefault();
    if (action) action(row);
    else button.click();
  });

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest("[data-queue-reply]");
    if (event.key !== "Escape" || !box?.open) return;
    box.open = false;
    box.closest("[data-queue-row]").focus();
  });

  const keysOn = help.querySelector("[data-queue-keys-on]");
  keysOn.checked = !localStorage.getItem(KEYS_OFF);
  keysOn.addEventListener("change", () => {
    if (keysOn.checked) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "1");
  });

  const helpButton = queue.querySelector("[data-queue-help-button]");
  if (helpButton) {
    helpButton.hidden = false;
    helpButton.addEventListener("click", () => help.showModal());
  }
}
