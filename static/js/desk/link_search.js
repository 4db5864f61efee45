// Two opening brackets in the text offer the posts and pages to link to. The list follows what is
// typed behind them; the cursor stays in the text, so the text area names the option it is on.
// (A text area may not call itself a combobox; it may point to a list all the same.)
import { announce, eachWriting } from "./events.js";
import { caretPlace } from "./mirror.js";
import { replaceRange } from "./text.js";
import { get } from "./wire.js";

const PAUSE = 120; // milliseconds
const LONGEST = 80; // characters of a title that somebody types to find it

eachWriting((writing, text) => {
  const list = writing.querySelector("[data-writing-targets]");
  const words = list.dataset;
  let begin = -1; // where the search begins, behind the brackets
  let timer = 0;
  let asking = null;
  let found = [];
  let current = 0;

  text.addEventListener("input", (event) => {
    if (begin === -1 && event.data !== "[") return; // nothing is read on ordinary keys
    if (begin === -1) {
      const at = text.selectionEnd;
      if (text.value.slice(at - 2, at) !== "[[") return;
      begin = at;
    }
    const typed = sought();
    if (typed === null) return close();
    clearTimeout(timer);
    timer = setTimeout(() => search(typed), PAUSE);
  });

  // What is typed behind the brackets, or null where that is no search any more.
  function sought() {
    const at = text.selectionEnd;
    if (at < begin || at - begin > LONGEST || text.value.slice(begin - 2, begin) !== "[[") return null;
    const typed = text.value.slice(begin, at);
    return /[\n\]]/.test(typed) ? null : typed;
  }

  async function search(typed) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const address = `${words.url}?q=${encodeURIComponent(typed)}`;
    const { ok, data } = await get(address, { signal });
    if (!ok || signal.aborted || begin === -1) return;
    found = data.results;
    show();
  }

  function show() {
    list.replaceChildren(...found.map(option));
    list.hidden = !found.length;
    point(0);
    announce(writing, "status", { message: counted(found.length) });
    if (list.hidden) return release();
    const { x, y, height } = caretPlace(text);
    const widest = text.offsetLeft + text.offsetWidth - list.offsetWidth;
    list.style.insetInlineStart = `${Math.max(0, Math.min(text.offsetLeft + x, widest))}px`;
    list.style.insetBlockStart = `${text.offsetTop + Math.max(0, y) + height + 4}px`;
    text.setAttribute("aria-controls", list.id);
  }

  function counted(number) {
    if (!number) return words.none;
    return number === 1 ? words.one : words.several.replace("%", number);
  }

  function option({ title, address, kind, status }, place) {
    const item = document.createElement("li");
    item.id = `${list.id}_${place}`;
    item.setAttribute("role", "option");
    const name = document.createElement("span");
    name.textContent = title;
    const where = document.createElement("small");
    where.textContent = status === "published" ? address : `${address} · ${words[status] ?? status}`;
    item.append(name, where);
    item.dataset.kind = kind;
    item.addEventListener("mousedown", (event) => {
      event.preventDefault();
      choose(place);
    });
    return item;
  }

  function point(place) {
    current = place;
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(index === place));
      if (index === place) item.scrollIntoView({ block: "nearest" });
    }
    if (found.length) text.setAttribute("aria-activedescendant", `${list.id}_${place}`);
  }

  function choose(place) {
    const { title, address } = found[place];
    const { value, selectionEnd } = text;
    const closing = value.slice(selectionEnd, selectionEnd + 2) === "]]" ? 2 : 0;
    const label = title.replace(/[[\]\\]/g, "\\$&");
    const from = begin - 2;
    close();
    replaceRange(text, from, selectionEnd + closing, `[${label}](${address})`);
  }

  function close() {
    clearTimeout(timer);
    asking?.abort();
    begin = -1;
    found = [];
    list.hidden = true;
    list.replaceChildren();
    release();
    announce(writing, "status", { message: "" });
  }

  function release() {
    text.removeAttribute("aria-activedescendant");
    text.removeAttribute("aria-controls");
  }

  text.addEventListener("keydown", (event) => {
    if (begin === -1 || event.isComposing) return;
    const last = found.length - 1;
    const deeds = {
      ArrowDown: () => point(current === last ? 0 : current + 1),
      ArrowUp: () => point(current === 0 ? last : current - 1),
      Enter: () => choose(current),
      Tab: () => choose(current),
      Escape: close,
    };
    const isOurs = event.key === "Escape" || (found.length && event.key in deeds);
    if (!isOurs || event.shiftKey) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    deeds[event.key]();
  });
  text.addEventListener("blur", () => begin !== -1 && close());
});
