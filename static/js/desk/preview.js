// Shows the text as its page will, by the server's own renderer, and passes on what that knows of
// the text. While nobody looks it asks less often, for the facts alone.
import { announce, eachWriting } from "./events.js";
import { makePage, showIn } from "./preview_page.js";
import { remember, remembered } from "./remembered.js";
import { post } from "./wire.js";

const PAUSE_UNSEEN = 2000; // milliseconds

eachWriting(start);

function start(writing, text) {
  const toggle = writing.querySelector("[data-writing-preview-toggle]");
  const [write, read] = writing.querySelectorAll("[role=tab]");
  const box = writing.querySelector("[data-writing-preview]");
  let page = null;
  let timer = 0;
  let asking = null;
  let shown = null; // the source that the frame shows
  let known = null; // the source that was asked about last
  let answer = null;
  let complaint = "";

  function show(isOpen) {
    box.hidden = !isOpen;
    toggle.setAttribute("aria-pressed", String(isOpen));
    writing.classList.toggle("writing-split", isOpen);
    select(isOpen ? read : write, isOpen ? write : read);
    if (isOpen) refresh();
  }

  function choose(isOpen) {
    show(isOpen);
    remember("preview", isOpen ? "open" : "closed");
  }

  async function refresh() {
    const source = text.value;
    if (source !== known) await ask(source);
    if (source === known && !box.hidden && shown !== source) await draw(source);
  }

  async function ask(source) {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const { ok, status, data } = await post(writing.dataset.previewUrl, { content: source }, { signal });
    if (signal.aborted) return; // a newer text is on its way
    if (!ok || !data) {
      complain(status === 403 ? writing.dataset.labelRefused : writing.dataset.labelNoAnswer);
      return;
    }
    complain("");
    known = source;
    answer = data;
    announce(writing, "rendered", data);
  }

  async function draw(source) {
    page ??= makePage(box, writing);
    const prose = await page;
    if (source !== known) return;
    showIn(prose, answer.html);
    shown = source;
    announce(writing, "drawn", { prose, blocks: answer.blocks });
  }

  // The line is shared: what others say in it is not the preview's to take away.
  function complain(sentence) {
    if (sentence) announce(writing, "status", { message: sentence });
    else if (complaint) announce(writing, "status", { message: "", instead: complaint });
    complaint = sentence;
  }

  toggle.addEventListener("click", () => choose(box.hidden));
  write.addEventListener("click", () => choose(false));
  read.addEventListener("click", () => choose(true));
  for (const tab of [write, read]) tab.addEventListener("keydown", (event) => {
    if (!["ArrowLeft", "ArrowRight"].includes(event.key)) return;
    const other = tab === write ? read : write;
    other.click();
    other.focus();
  });
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, box.hidden ? PAUSE_UNSEEN : Number(writing.dataset.latency));
  });

  writing.querySelector("[data-writing-tools]").hidden = false;
  const isNarrow = getComputedStyle(write.parentElement).display !== "none";
  if (remembered("preview") === "open" && !isNarrow) show(true);
  else if (text.value) refresh();
}

function select(chosen, other) {
  chosen.setAttribute("aria-selected", "true");
  chosen.tabIndex = 0;
  other.setAttribute("aria-selected", "false");
  other.tabIndex = -1;
}
