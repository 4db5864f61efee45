// Enter goes on with a list or a quote and ends it on an empty item; Tab moves items and lines in
// and out. Anywhere else Tab leaves the text as in every field, and after Esc it always does.
import { eachWriting } from "./events.js";
import { lineAt, replaceRange, selectedLines } from "./text.js";

const ITEM = /^((?:\s*>)*\s*)([-*+]|\d{1,9}[.)])(\s+)(\[[ xX]\]\s+)?/;
const QUOTE = /^(\s*>\s?)+/;
const TABLE = /^\s*\|.*\|\s*$/;

eachWriting((writing, text) => {
  let isLeaving = false;
  text.addEventListener("keydown", (event) => {
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
    if (event.defaultPrevented || !isPlain) return;
    if (event.key === "Enter" && !event.shiftKey && goOn(text)) event.preventDefault();
    if (event.key === "Tab" && !isLeaving && move(text, event.shiftKey)) event.preventDefault();
    if (event.key !== "Tab" && event.key !== "Shift") isLeaving = event.key === "Escape";
  });
  text.addEventListener("blur", () => (isLeaving = false));
});

// Whether the line break was written here.
function goOn(text) {
  const { value, selectionStart, selectionEnd } = text;
  const line = lineAt(value, selectionStart);
  if (isInFence(value, line.from)) return keepIndent(text, line);
  const item = ITEM.exec(line.text);
  const lead = item?.[0] ?? QUOTE.exec(line.text)?.[0];
  if (lead === undefined || selectionStart < line.from + lead.length) return false;
  if (selectionStart === selectionEnd && line.text.trim() === lead.trim()) {
    // An empty line, without which what follows would belong to the last item.
    replaceRange(text, line.from, line.to, outer(item) || "\n");
    return true;
  }
  replaceRange(text, selectionStart, selectionEnd, "\n" + (item ? next(item) : lead));
  return true;
}

// What is left of an empty item: its place in the list or quote around it.
function outer(item) {
  if (!item) return "";
  const quote = QUOTE.exec(item[1])?.[0] ?? "";
  return quote;
}

function next([, indent, mark, gap, box]) {
  const number = parseInt(mark, 10);
  const following = Number.isNaN(number) ? mark : `${number + 1}${mark.at(-1)}`;
  return indent + following + gap + (box ? box.replace(/[xX]/, " ") : "");
}

function keepIndent(text, line) {
  const indent = /^[ \t]*/.exec(line.text)[0];
  if (!indent || text.selectionStart < line.from + indent.length) return false;
  replaceRange(text, text.selectionStart, text.selectionEnd, "\n" + indent);
  return true;
}

// Whether Tab meant the text.
function move(text, isBack) {
  const { value, selectionStart, selectionEnd } = text;
  const line = lineAt(value, selectionStart);
  const lines = selectedLines(text);
  const isSeveral = lines.text.includes("\n") && selectionStart !== selectionEnd;
  if (isSeveral) return shift(text, lines, isBack, isInFence(value, lines.from) ? "    " : "  ");
  if (isInFence(value, line.from)) return moveInCode(text, line, isBack);
  if (ITEM.test(line.text)) return shift(text, line, isBack, " ".repeat(markWidth(line.text)));
  if (TABLE.test(line.text)) return moveToCell(text, line, isBack);
  return false;
}

function moveInCode(text, line, isBack) {
  if (isBack) return shift(text, line, true, "    ");
  replaceRange(text, text.selectionStart, text.selectionEnd, "    ");
  return true;
}

// An item lies inside another when it begins under its words.
function markWidth(line) {
  const [, , mark, gap] = ITEM.exec(line);
  return mark.length + Math.min(gap.length, 4);
}

function shift(text, { from, to, text: block }, isBack, step) {
  const start = text.selectionStart;
  const moved = block
    .split("\n")
    .map((line) => (isBack ? outdented(line, step.length) : line ? step + line : line))
    .join("\n");
  const isOne = !block.includes("\n");
  const cursor = Math.max(from, start + moved.length - block.length);
  replaceRange(text, from, to, moved, { select: isOne ? [cursor, cursor] : [from, from + moved.length] });
  return true;
}

function outdented(line, most) {
  if (line.startsWith("\t")) return line.slice(1);
  const spaces = /^ */.exec(line)[0].length;
  return line.slice(Math.min(spaces, most));
}

// To the next cell of the row, or the first of the next row; leaving the table leaves the field.
function moveToCell(text, line, isBack) {
  const bars = [...text.value.slice(line.from, line.to).matchAll(/\|/g)].map(({ index }) => line.from + index);
  const here = text.selectionEnd;
  const cells = bars.slice(0, -1).map((bar, place) => [bar + 1, bars[place + 1]]);
  const current = cells.findIndex(([from, to]) => here >= from && here <= to);
  const target = cells[current + (isBack ? -1 : 1)] ?? cellBeyond(text.value, line, isBack);
  if (!target) return false;
  const inside = text.value.slice(...target);
  const lead = inside.trim() ? inside.length - inside.trimStart().length : Math.min(1, inside.length);
  text.setSelectionRange(target[0] + lead, target[0] + Math.max(lead, inside.trimEnd().length));
  return true;
}

function cellBeyond(value, line, isBack) {
  let row = line;
  do {
    const at = isBack ? row.from - 1 : row.to + 1;
    if (at < 0 || at > value.length) return null;
    row = lineAt(value, at);
  } while (/^[\s|:-]+$/.test(row.text) && row.text.includes("-"));
  if (!TABLE.test(row.text)) return null;
  const bars = [...row.text.matchAll(/\|/g)].map(({ index }) => row.from + index);
  return isBack ? [bars.at(-2) + 1, bars.at(-1)] : [bars[0] + 1, bars[1]];
}

// Whether the line at `position` stands inside of a fence. Asked for single keys only: it looks at
// all the text before.
export function isInFence(value, position) {
  let open = "";
  for (const [, fence, rest] of value.slice(0, position).matchAll(/^ {0,3}(`{3,}|~{3,})(.*)$/gm)) {
    if (!open) open = fence;
    else if (fence[0] === open[0] && fence.length >= open.length && !rest.trim()) open = "";
  }
  return open !== "";
}
