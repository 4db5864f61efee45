// Asks the server what could be mended in the text as it stands, each time its author pauses, and
// lists it; the number of a line leads to that line.
import { eachWriting, listen } from "./events.js";
import { lineAt, reveal, startOfLine } from "./text.js";
import { post } from "./wire.js";

const PAUSE = 500; // milliseconds after the text has come to rest
const FIELDS = ["title", "slug", "summary", "body", "cover", "cover_alt"];
const REFUSED = [400, 403, 404];

eachWriting((writing, text, form) => {
  const panel = form.querySelector("[data-findings]");
  if (panel) watch(writing, text, form, panel);
});

function watch(writing, text, form, panel) {
  const list = panel.querySelector("[data-findings-list]");
  const summary = panel.querySelector("[data-findings-summary]");
  const waiver = panel.querySelector("[data-findings-waiver]");
  let timer = 0;
  let asking = null;

  function soon() {
    clearTimeout(timer);
    timer = setTimeout(ask, PAUSE);
  }

  async function ask() {
    asking?.abort();
    asking = new AbortController();
    const { signal } = asking;
    const answer = await post(panel.dataset.lintUrl, collect(form), { signal });
    // What a server that is away would say is told by the preview; old findings do no harm.
    if (signal.aborted || !answer.ok || !answer.data) {
      if (REFUSED.includes(answer.status) && answer.data?.error) say(answer.data.error);
      return;
    }
    show(answer.data);
  }

  function say(sentence) {
    if (summary.textContent !== sentence) summary.textContent = sentence;
  }

  function show({ findings, blocks, summary: sentence }) {
    say(sentence);
    // Whoever stands on a line's button keeps the place.
    const place = [...list.querySelectorAll("button")].indexOf(document.activeElement);
    list.replaceChildren(...findings.map(item));
    if (place >= 0) (list.querySelectorAll("button")[place] ?? text).focus();
    if (waiver && (blocks || !waiver.querySelector("input").value)) waiver.hidden = !blocks;
  }

  function item({ severity, label, line, message }) {
    const entry = document.createElement("li");
    entry.className = `finding finding-${severity}`;
    entry.dir = "auto";
    entry.append(words(label, "finding-label"), " ");
    if (line) entry.append(way(line), " ");
    entry.append(words(message, ""));
    return entry;
  }

  function way(line) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "finding-line";
    button.textContent = `${panel.dataset.labelLine} ${line}`;
    button.addEventListener("click", () => {
      const { from, to } = lineAt(text.value, startOfLine(text.value, line));
      reveal(text, from, to);
    });
    return button;
  }

  for (const place of list.querySelectorAll("[data-findings-line]")) {
    place.replaceWith(way(Number(place.dataset.findingsLine)));
  }
  listen(writing, "changed", soon);
  form.addEventListener("change", (event) => {
    if (FIELDS.includes(event.target.name)) soon();
  });
}

function collect(form) {
  const sent = { pk: form.dataset.pk ?? "" };
  for (const name of FIELDS) sent[name] = form.elements[name]?.value ?? "";
  return sent;
}

function words(text, css) {
  const span = document.createElement("span");
  if (css) span.className = css;
  span.textContent = text;
  return span;
}
