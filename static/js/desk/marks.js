// What the buttons above the text do to it. Each takes back what is there already.
import { insertBlock, lineAt, replaceRange, selectedLines } from "./text.js";

const WORD = /[\p{L}\p{N}_]/u;
const HEADING = /^(#{1,6})\s+/;

// Puts `mark` (such as **) around the selection, or around the word at the cursor.
export function toggleMark(textarea, mark) {
  const { value } = textarea;
  const [from, to] = chosenOrWord(textarea);
  const inside = value.slice(from, to);
  const size = mark.length;
  if (isMarked(value, from, to, mark)) {
    replaceRange(textarea, from - size, to + size, inside, { select: [from - size, to - size] });
  } else if (inside.length >= 2 * size && inside.startsWith(mark) && inside.endsWith(mark)) {
    const bare = inside.slice(size, -size);
    replaceRange(textarea, from, to, bare, { select: [from, from + bare.length] });
  } else {
    replaceRange(textarea, from, to, mark + inside + mark, { select: [from + size, to + size] });
  }
}

// Whether `mark` stands on both sides, and is not a part of a longer one: * inside of **.
function isMarked(value, from, to, mark) {
  const size = mark.length;
  if (value.slice(from - size, from) !== mark || value.slice(to, to + size) !== mark) return false;
  if (mark !== "*") return true;
  const stars = /\**$/.exec(value.slice(Math.max(0, from - 3), from))[0].length;
  return stars % 2 === 1;
}

function chosenOrWord({ value, selectionStart, selectionEnd }) {
  if (selectionStart !== selectionEnd) return trimmed(value, selectionStart, selectionEnd);
  let [from, to] = [selectionStart, selectionEnd];
  while (from > 0 && WORD.test(value[from - 1])) from -= 1;
  while (to < value.length && WORD.test(value[to])) to += 1;
  return [from, to];
}

// Marks must touch words: ** a** marks nothing.
function trimmed(value, from, to) {
  const chosen = value.slice(from, to);
  const lead = chosen.length - chosen.trimStart().length;
  const trail = chosen.length - chosen.trimEnd().length;
  return lead === chosen.length ? [from, to] : [from + lead, to - trail];
}

// Code in the line; a selection of several lines becomes a block of code.
export function toggleCode(textarea) {
  const { value, selectionStart, selectionEnd } = textarea;
  if (value.slice(selectionStart, selectionEnd).includes("\n")) toggleFence(textarea);
  else toggleMark(textarea, "`");
}

export function toggleFence(textarea) {
  const { from, to, text } = selectedLines(textarea);
  const fenced = /^```[^\n]*\n([\s\S]*?)\n?```$/.exec(text);
  if (fenced) {
    replaceRange(textarea, from, to, fenced[1], { select: [from, from + fenced[1].length] });
  } else if (text.trim()) {
    const code = "```\n" + text + "\n```";
    replaceRange(textarea, from, to, code, { select: [from + 3, from + 3] }); // for the language
  } else {
    insertBlock(textarea, "```\n\n```", { select: [3, 3] });
  }
}

// [words](address) with the cursor where something is missing.
export function toggleLink(textarea) {
  const { value, selectionStart: from, selectionEnd: to } = textarea;
  const chosen = value.slice(from, to);
  const whole = /^\[([^\]]*)\]\([^)]*\)$/.exec(chosen);
  if (whole) {
    replaceRange(textarea, from, to, whole[1], { select: [from, from + whole[1].length] });
  } else if (isAddress(chosen)) {
    replaceRange(textarea, from, to, `[](${chosen})`, { select: [from + 1, from + 1] });
  } else {
    const at = from + chosen.length + 3;
    replaceRange(textarea, from, to, `[${chosen}]()`, { select: chosen ? [at, at] : [from + 1, from + 1] });
  }
}

export function isAddress(words) {
  return /^https?:\/\/\S+$/i.test(words) || /^mailto:\S+$/i.test(words);
}

// None, ##, ###, #### and none again: the title of the post is the first level.
export function cycleHeading(textarea) {
  const { from, to, text } = lineAt(textarea.value, textarea.selectionStart);
  const marks = HEADING.exec(text)?.[1] ?? "";
  const next = { "": "## ", "#": "## ", "##": "### ", "###": "#### " }[marks] ?? "";
  const line = next + text.replace(HEADING, "");
  const cursor = Math.max(from, textarea.selectionStart + line.length - text.length);
  replaceRange(textarea, from, to, line, { select: [cursor, cursor] });
}

// The next free number at the cursor and its definition at the end, where the cursor then stands.
export function insertFootnote(textarea) {
  const { selectionEnd: at } = textarea;
  const numbers = [...textarea.value.matchAll(/\[\^(\d+)\]/g)].map((match) => Number(match[1]));
  const mark = `[^${Math.max(0, ...numbers) + 1}]`;
  replaceRange(textarea, at, at, mark);
  const { value } = textarea;
  const lastLine = value.trimEnd().split("\n").at(-1);
  const end = value.trimEnd().length;
  const gap = /^\[\^[^\]]+\]:/.test(lastLine) ? "\n" : "\n\n";
  replaceRange(textarea, end, value.length, `${gap}${mark}: `);
}

export function insertTable(textarea) {
  const words = textarea.closest("[data-writing]").dataset;
  const [one, two] = [words.labelColumnOne, words.labelColumnTwo];
  const table = `| ${one} | ${two} |\n| --- | --- |\n|  |  |\n|  |  |`;
  insertBlock(textarea, table, { select: [2, 2 + one.length] });
}
