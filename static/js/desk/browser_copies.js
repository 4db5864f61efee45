// Copies of unsaved forms in this browser: for the seconds in which the server has none, or cannot
// be reached. They lie in localStorage, which is written at once even while a page is closed; what
// is too long for it lies in a database.
//
// A copy is { window, user, kind, text, basedOn, fields, at, sent }: `fields` is JSON, `at` in
// milliseconds, `sent` says whether the server has taken it.

const PREFIX = "draft-copy:";
const STORE = "copies";
const MOST = 50; // as many as the server keeps
const DAYS = 30;

export async function keep(copy) {
  try {
    localStorage.setItem(PREFIX + copy.window, JSON.stringify(copy));
    if (overflown.delete(copy.window)) await inDatabase("readwrite", (store) => store.delete(copy.window));
  } catch {
    // Full, or forbidden.
    overflown.add(copy.window);
    await inDatabase("readwrite", (store) => store.put(copy));
    forgetLine(copy.window);
  }
}

export async function forget(window) {
  forgetLine(window);
  overflown.delete(window);
  await inDatabase("readwrite", (store) => store.delete(window));
}

// All copies of one person, newest first.
export async function all(user) {
  const stored = (await inDatabase("readonly", (store) => store.getAll())) ?? [];
  const found = [...lines(), ...stored].filter((copy) => copy.user === user);
  return found.sort((one, other) => other.at - one.at);
}

// Forgets what the server has and nobody has asked for in a long time.
export async function tidy(copies) {
  const old = Date.now() - DAYS * 24 * 60 * 60 * 1000;
  for (const [number, copy] of copies.entries())
    if (copy.sent && (number >= MOST || copy.at < old)) await forget(copy.window);
}

const overflown = new Set(); // windows whose copy lies in the database

function lines() {
  const copies = [];
  try {
    for (let n = 0; n < localStorage.length; n += 1) {
      const key = localStorage.key(n);
      if (key.startsWith(PREFIX)) copies.push(JSON.parse(localStorage.getItem(key)));
    }
  } catch {
    // Storage may be forbidden, or hold what is not ours.
  }
  return copies;
}

function forgetLine(window) {
  try {
    localStorage.removeItem(PREFIX + window);
  } catch {
    // Forbidden storage holds nothing.
  }
}

// Answers with the result of one question to the database, or null where there is none.
function inDatabase(mode, ask) {
  return new Promise((resolve) => {
    let opening;
    try {
      opening = indexedDB.open("draft-copies", 1);
    } catch {
      resolve(null);
      return;
    }
    opening.addEventListener("error", () => resolve(null));
    opening.addEventListener("upgradeneeded", () => {
      opening.result.createObjectStore(STORE, { keyPath: "window" });
    });
    opening.addEventListener("success", () => {
      const database = opening.result;
      const transaction = database.transaction(STORE, mode);
      const question = ask(transaction.objectStore(STORE));
      const end = (answer) => {
        database.close();
        resolve(answer);
      };
      transaction.addEventListener("complete", () => end(question.result ?? null));
      transaction.addEventListener("abort", () => end(null));
    });
  });
}
