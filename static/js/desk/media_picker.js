// The pictures there are, to find one, describe it and put it into the text.
import { announce, eachWriting, listen } from "./events.js";
import { openOver } from "./over_text.js";
import { insertBlock } from "./text.js";
import { get, post } from "./wire.js";

const PAUSE = 200; // milliseconds

eachWriting((writing, text) => {
  const dialog = document.querySelector("[data-media-picker]");
  if (!dialog) return;
  const find = (name) => dialog.querySelector(`[data-picker-${name}]`);
  const [search, grid, more, says] = ["search", "grid", "more", "says"].map(find);
  const [details, alt, used, insert] = ["details", "alt", "used", "insert"].map(find);
  const words = dialog.dataset;
  let timer = 0;
  let asked = 0;
  let next = null;
  let chosen = null;

  listen(writing, "pictures", () => {
    search.value = "";
    details.hidden = true;
    openOver(dialog, text);
    search.focus();
    load(0);
  });

  async function load(from) {
    const number = (asked += 1);
    const { ok, data } = await get(`${words.url}?q=${encodeURIComponent(search.value)}&from=${from}`);
    if (number !== asked) return;
    says.textContent = !ok ? words.failed : data.pictures.length || from ? "" : words.none;
    if (!ok) return;
    if (!from) grid.replaceChildren();
    const rows = data.pictures.map(cell);
    grid.append(...rows);
    if (from) rows[0]?.querySelector("button").focus();
    next = data.next;
    more.hidden = next === null;
  }

  function cell(picture) {
    const item = document.createElement("li");
    const button = document.createElement("button");
    button.type = "button";
    const image = document.createElement("img");
    image.src = picture.small;
    image.alt = picture.alt || picture.name || words.undescribed;
    image.loading = "lazy";
    button.append(image);
    if (!picture.alt) button.dataset.undescribed = "";
    button.addEventListener("focus", () => show(picture));
    // Enter puts a picture in that says what it shows; a click only chooses.
    button.addEventListener("click", (event) => {
      show(picture);
      if (event.detail === 0 && picture.alt) put();
      else if (event.detail === 0) alt.focus();
    });
    button.addEventListener("dblclick", put);
    item.append(button);
    return item;
  }

  async function show(picture) {
    if (chosen === picture && !details.hidden) return;
    chosen = picture;
    details.hidden = false;
    find("large").src = picture.small;
    find("name").textContent = [picture.name, picture.size].filter(Boolean).join(" · ");
    alt.value = picture.alt;
    find("hint").hidden = Boolean(picture.alt);
    used.replaceChildren();
    const { ok, data } = await get(`${words.url}${picture.pk}/`);
    if (ok && chosen === picture) used.replaceChildren(...usesOf(data.used_in));
  }

  function usesOf(posts) {
    const sentence = document.createElement("p");
    sentence.textContent =
      posts.length === 0 ? words.unused : posts.length === 1 ? words.usedOnce : words.used.replace("%", posts.length);
    const links = posts.map(({ title, address }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      Object.assign(link, { href: address, textContent: title, target: "_blank", rel: "noopener" });
      item.append(link);
      return item;
    });
    const list = document.createElement("ul");
    list.append(...links);
    return links.length ? [sentence, list] : [sentence];
  }

  async function put() {
    const picture = chosen;
    const description = alt.value.trim().replace(/\s+/g, " ");
    if (description !== picture.alt && picture.may_change) {
      const { ok, data } = await post(`${words.url}${picture.pk}/`, { alt: description });
      if (!ok) {
        says.textContent = data?.error || words.failed;
        return;
      }
    }
    const shown = description.replace(/[[\]\\]/g, "\\$&");
    const insert = () => {
      insertBlock(text, `![${shown}](${picture.url})`);
      announce(writing, "status", { message: words.inserted });
    };
    dialog.addEventListener("close", insert, { once: true }); // the cursor is back by then
    dialog.close();
  }

  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(() => load(0), PAUSE);
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown") return;
    event.preventDefault();
    grid.querySelector("button")?.focus();
  });
  grid.addEventListener("keydown", (event) => {
    const buttons = [...grid.querySelectorAll("button")];
    const place = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns(grid), ArrowUp: -columns(grid) }[event.key];
    if (!step) return;
    event.preventDefault();
    (buttons[place + step] ?? (step < 0 ? search : null))?.focus();
  });
  more.addEventListener("click", () => load(next));
  insert.addEventListener("click", put);
  alt.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.isComposing) return;
    event.preventDefault();
    put();
  });
  find("close").addEventListener("click", () => dialog.close());
  find("upload").addEventListener("change", (event) => {
    const files = [...event.target.files];
    event.target.value = "";
    dialog.close();
    announce(writing, "upload", { files });
  });
  dialog.addEventListener("close", () => text.focus());
});

function columns(grid) {
  return getComputedStyle(grid).gridTemplateColumns.split(" ").length;
}
