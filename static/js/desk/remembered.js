// Choices about the writing page that this browser remembers.

export function remember(name, value) {
  try {
    localStorage.setItem(`desk-${name}`, value);
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

export function remembered(name) {
  try {
    return localStorage.getItem(`desk-${name}`);
  } catch {
    return null;
  }
}
