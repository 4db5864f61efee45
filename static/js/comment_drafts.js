// Keeps what somebody types in the form until it was sent, so that neither a reload nor a crash loses
// it. In this tab only, and never the e-mail: others may use the same device.
const words = document.querySelector("[data-comment-words]")?.dataset ?? {};
const PREFIX = "comment-draft:";
const KEPT = ["body", "name", "site", "parent"];
const ADDRESS = "[data-comment-form]";

function read(key) {
  try {
    return JSON.parse(sessionStorage.getItem(key));
  } catch {
    return null; // storage may be forbidden, or hold something else
  }
}

function keep(key, draft) {
  try {
    if (draft) sessionStorage.setItem(key, JSON.stringify(draft));
    else sessionStorage.removeItem(key);
  } catch {
    // Full or forbidden; the form works all the same.
  }
}

// A comment that was taken in leads on to where it stands, so its page comes by way of a redirect; a
// refused one is answered with the form, and a broken connection with nothing.
function wasTakenIn(form) {
  const [arrival] = performance.getEntriesByType("navigation");
  return arrival?.type === "navigate" && arrival.redirectCount > 0 && !form.elements.body.value;
}

function attach(form) {
  const key = PREFIX + new URL(form.action).pathname;
  const fields = KEPT.map((name) => form.elements[name]).filter(Boolean);

  const save = (sent = false) => {
    if (!form.elements.body.value.trim()) return keep(key, null);
    keep(key, { sent, ...Object.fromEntries(fields.map((field) => [field.name, field.value])) });
  };

  const draft = read(key);
  const { value, defaultValue } = form.elements.body;
  if (draft?.sent && wasTakenIn(form)) keep(key, null);
  // Typed since the page came, or sent back by the site to be mended: that is the latest.
  else if (value !== defaultValue || (draft?.sent && value)) save();
  else if (draft && draft.body !== value && hasPlace(form, draft)) restore(form, fields, draft);

  form.addEventListener("input", () => save());
  form.addEventListener("change", () => save());
  form.addEventListener("submit", () => save(true));
  // A page that comes back as it was left still shows what has been sent since.
  window.addEventListener("pageshow", (event) => {
    if (event.persisted && !read(key)) form.elements.body.value = "";
  });
}

// An answer is restored where the comment is that it answers, and nowhere else.
function hasPlace(form, draft) {
  return !draft.parent || form.elements.parent?.value ||
    document.querySelector(`[data-reply="${CSS.escape(draft.parent)}"]`);
}

function restore(form, fields, draft) {
  for (const field of fields) {
    const isOurs = !field.value || field.name === "body";
    if (isOurs && typeof draft[field.name] === "string") field.value = draft[field.name];
  }
  const note = document.createElement("p");
  note.className = "form-note";
  note.setAttribute("role", "status");
  form.prepend(note);
  note.textContent = words.restored;
  form.dispatchEvent(new CustomEvent("comment-form-place"));
  form.elements.body.dispatchEvent(new Event("input", { bubbles: true }));
}

function forgetSent() {
  for (const key of Object.keys(sessionStorage)) {
    if (key.startsWith(PREFIX) && read(key)?.sent) keep(key, null);
  }
}

document.querySelectorAll(ADDRESS).forEach(attach);
if (document.querySelector("[data-comment-received]")) forgetSent();
