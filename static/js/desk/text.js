// Changes to a text area that Undo takes back, and questions about its lines.

// Puts `replacement` in place of what stands between two positions. Afterwards `select`, a pair of
// positions in the new text, is selected; without it the cursor stands behind the replacement.
export function replaceRange(textarea, from, to, replacement, { select = null } = {}) {
  textarea.focus();
  textarea.setSelectionRange(from, to);
  if (textarea.value.slice(from, to) !== replacement) write(textarea, replacement);
  if (select) textarea.setSelectionRange(...select);
  else textarea.setSelectionRange(from + replacement.length, from + replacement.length);
}

// `execCommand` is the only way to write into a text area that the browser's own Undo knows of.
function write(textarea, replacement) {
  const isWritten = replacement
    ? document.execCommand("insertText", false, replacement)
    : document.execCommand("delete");
  if (isWritten) return;
  textarea.setRangeText(replacement, textarea.selectionStart, textarea.selectionEnd, "end");
  textarea.dispatchEvent(new Event("input", { bubbles: true }));
}

// The line in which `position` lies: where it begins and ends (before its line end), and its text.
export function lineAt(value, position) {
  const from = value.lastIndexOf("\n", position - 1) + 1;
  const end = value.indexOf("\n", position);
  const to = end === -1 ? value.length : end;
  return { from, to, text: value.slice(from, to) };
}

// The whole lines that the selection touches, as one range. A selection that ends at the
// beginning of a line does not touch it.
export function selectedLines(textarea) {
  const { value, selectionStart, selectionEnd } = textarea;
  const last = selectionEnd > selectionStart && value[selectionEnd - 1] === "\n";
  const from = lineAt(value, selectionStart).from;
  const to = lineAt(value, last ? selectionEnd - 1 : selectionEnd).to;
  return { from, to, text: value.slice(from, to) };
}

// Puts `block` on lines of its own, with an empty line around it, behind the selection. Answers
// with the position at which it begins.
export function insertBlock(textarea, block, { select = null } = {}) {
  const place = textarea.selectionEnd;
  const before = textarea.value.slice(Math.max(0, place - 2), place);
  const after = textarea.value.slice(place, place + 2);
  const opening = place === 0 || before === "\n\n" ? "" : before.endsWith("\n") ? "\n" : "\n\n";
  const closing = after === "\n\n" ? "" : after.startsWith("\n") ? "\n" : "\n\n";
  const at = place + opening.length;
  const chosen = select && select.map((offset) => at + offset);
  replaceRange(textarea, place, place, opening + block + closing, { select: chosen });
  return at;
}

// Selects a whole range and brings it into sight; the browser scrolls to where it is typed only.
export function reveal(textarea, from, to = from) {
  textarea.blur();
  textarea.setSelectionRange(from, from);
  textarea.focus();
  textarea.setSelectionRange(from, to);
}

// Where line `number` (from 1) begins.
export function startOfLine(value, number) {
  let at = 0;
  for (let line = 1; line < number; line += 1) {
    const end = value.indexOf("\n", at);
    if (end === -1) return value.length;
    at = end + 1;
  }
  return at;
}
