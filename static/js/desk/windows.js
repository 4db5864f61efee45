// Names for windows, so that what is written in two of them is kept apart. While a window is open
// it holds a lock with its name: the others of this browser see that it lives, and a browser that
// has crashed holds none.

const PREFIX = "draft-window:";

// randomUUID is missing on sites without https.
export function makeName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// Whether the name is free in this browser; it is ours then until the page is gone.
export function take(name) {
  if (!navigator.locks) return Promise.resolve(true);
  return new Promise((resolve) => {
    navigator.locks.request(PREFIX + name, { ifAvailable: true }, (lock) => {
      resolve(Boolean(lock));
      return lock ? new Promise(() => {}) : null;
    });
  });
}

// The names of the windows of this browser that are open.
export async function open() {
  const { held } = (await navigator.locks?.query()) ?? { held: [] };
  const names = held.map((lock) => lock.name).filter((name) => name.startsWith(PREFIX));
  return new Set(names.map((name) => name.slice(PREFIX.length)));
}
