// Keeps what is typed: in this browser at once, on the server every few seconds. See held.js for
// what is kept, browser_copies.js and windows.js for where, and sending.js for how.
import * as copies from "./browser_copies.js";
import { firstHeldBy, heldBy } from "./held.js";
import { makeSender } from "./sending.js";
import { afterPause } from "./timers.js";
import * as windows from "./windows.js";

const PAUSE_BROWSER = 500; // milliseconds without a key before the browser keeps it
const PAUSE_SERVER = 2000;
const LATEST = 5000; // milliseconds after which it is sent while somebody types without a rest
const UNANSWERED = 30_000; // milliseconds; a save that takes longer has failed, or was stopped
const SMALL = 60_000; // characters; browsers send no more for a page that closes

for (const panel of document.querySelectorAll("[data-drafting]")) start(panel);

async function start(panel) {
  const form = panel.closest("form");
  const isFilled = "filled" in panel.dataset; // with what is not saved, by the server
  const first = isFilled ? null : firstHeldBy(form);
  const sender = makeSender(panel, form);
  let kept = first; // what this browser has
  let taken = first; // what the server has
  let isSubmitted = false;
  let isBusy = false;

  await nameWindow(form);

  function copyOf(held) {
    return {
      window: form.elements.window.value,
      user: panel.dataset.user,
      kind: panel.dataset.kind,
      text: panel.dataset.text,
      basedOn: form.elements.based_on.value,
      fields: held,
      at: Date.now(),
      sent: held === taken,
    };
  }

  function keepHere() {
    const held = heldBy(form);
    if (held === kept) return;
    kept = held;
    copies.keep(copyOf(held));
  }

  // Sends what is new; without anything new it is a sign of life.
  async function send() {
    if (isSubmitted || isBusy) return;
    isBusy = true;
    keepHere();
    const held = heldBy(form);
    const isReverted = held === first && taken !== first;
    const withFields = held !== taken && !isReverted;
    const answer = await sender.send(copyOf(held), { withFields, isReverted });
    isBusy = false;
    if (answer.ok && held !== taken) {
      taken = held;
      if (isReverted) copies.forget(form.elements.window.value);
      else if (kept === held) copies.keep(copyOf(held));
    } else if (answer.status === 409 && !isSubmitted) {
      await nameWindow(form, windows.makeName());
      kept = null;
      sendSoon();
    }
    if (answer.ok && heldBy(form) !== taken) sendSoon();
  }

  const keepSoon = afterPause(keepHere, PAUSE_BROWSER);
  const sendSoon = afterPause(send, PAUSE_SERVER, LATEST);

  function changed() {
    if (heldBy(form) === kept) return;
    keepSoon();
    sendSoon();
  }

  form.addEventListener("input", () => {
    keepSoon();
    sendSoon();
  });
  // Not all that fills a field says so: lists that search, dates, and scripts of other panels.
  setInterval(changed, LATEST);
  setInterval(() => {
    if (document.visibilityState === "visible") send();
  }, Number(panel.dataset.heartbeat) * 1000);
  addEventListener("online", send);

  form.addEventListener("submit", (event) => {
    const way = event.submitter?.getAttribute("formaction");
    if (way || event.defaultPrevented) return;
    keepHere();
    isSubmitted = true;
    setTimeout(() => (isSubmitted = false), UNANSWERED);
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    isSubmitted = false;
    send();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") keepHere();
    else send();
  });
  addEventListener("pagehide", () => {
    keepHere();
    const held = heldBy(form);
    if (isSubmitted || held.length > SMALL) return;
    sender.leave(copyOf(held), { withFields: held !== taken });
  });

  await sendWhatIsLeft(panel, sender);
  send();
}

// A window keeps the name that the server knows it by; one that another tab of this browser has
// as well, because it is a duplicate of it, gets its own.
async function nameWindow(form, name = form.elements.window.value || windows.makeName()) {
  const isFree = await windows.take(name);
  form.elements.window.value = isFree ? name : windows.makeName();
  if (!isFree) await windows.take(form.elements.window.value);
}

// What the browser kept while the server was away, or crashed with, goes to the server, and what was
// saved since then is forgotten. Then the page can offer all of it.
async function sendWhatIsLeft(panel, sender) {
  const stored = await copies.all(panel.dataset.user);
  const mine = await Promise.all(stored.map((copy) => (isOutrun(copy, panel) ? setAside(copy) : copy)));
  const settled = new Set(await sender.settledAmong(mine.map((copy) => copy.window)));
  const alive = await windows.open();
  alive.add(panel.closest("form").elements.window.value);
  let isNew = false;
  for (const copy of mine) {
    if (settled.has(copy.window)) await copies.forget(copy.window);
    else if (!copy.sent && !alive.has(copy.window) && isAbout(copy, panel)) {
      const { ok, status } = await sender.send(copy, { withFields: true, isQuiet: true });
      if (ok) {
        await copies.keep({ ...copy, sent: true });
        isNew = true;
      } else if (status === 409) await copies.forget(copy.window); // saved while it was on its way
    }
  }
  await copies.tidy(mine);
  panel.dispatchEvent(new CustomEvent("drafting:ready", { detail: { isNew, alive } }));
}

// Whether the server has restored less into this window than the browser knows of it: somebody went
// on typing, and the save that followed was answered with a page to sign in.
function isOutrun(copy, panel) {
  const form = panel.closest("form");
  const isOurs = copy.window === form.elements.window.value && isAbout(copy, panel);
  return "restored" in panel.dataset && isOurs && !copy.sent && copy.fields !== heldBy(form);
}

// This window is about to write over its copy, so the copy becomes that of a window that is gone.
async function setAside(copy) {
  const aside = { ...copy, window: windows.makeName() };
  await copies.keep(aside);
  await copies.forget(copy.window);
  return aside;
}

function isAbout(copy, panel) {
  return copy.kind === panel.dataset.kind && copy.text === panel.dataset.text;
}
