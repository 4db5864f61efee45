// What is pasted becomes Markdown: an address over words makes them a link, text with a layout
// keeps it, code stays as it is. Pasting as plain text (Ctrl+Shift+V) changes nothing.
import { eachWriting } from "./events.js";
import { isInFence } from "./lists.js";
import { isAddress } from "./marks.js";
import { markdownFrom, saysMore } from "./markdown_from_html.js";
import { lineAt, replaceRange } from "./text.js";

eachWriting((writing, text) => {
  text.addEventListener("paste", (event) => {
    if (event.defaultPrevented) return;
    const pasted = event.clipboardData;
    const written = linkOver(text, pasted) ?? codeIn(text, pasted) ?? layoutOf(text, pasted);
    if (written === null) return;
    event.preventDefault();
    replaceRange(text, text.selectionStart, text.selectionEnd, written);
  });
});

function linkOver({ value, selectionStart, selectionEnd }, pasted) {
  const chosen = value.slice(selectionStart, selectionEnd);
  const address = pasted.getData("text/plain").trim();
  if (!chosen.trim() || /\n/.test(chosen) || isAddress(chosen.trim()) || !isAddress(address)) return null;
  if (isInFence(value, selectionStart)) return null;
  const safe = /[()]/.test(address) ? `<${address}>` : address;
  return `[${chosen}](${safe})`;
}

// Programs for code say so, or send one block in letters of equal width.
function codeIn({ value, selectionStart }, pasted) {
  const plain = pasted.getData("text/plain").replace(/\r\n?/g, "\n");
  const html = pasted.getData("text/html");
  if (!plain || !html) return null;
  if (isInFence(value, selectionStart)) return plain;
  const language = languageSaid(pasted.getData("vscode-editor-data"));
  if (language === null && !isCode(html)) return null;
  const isWholeLine = lineAt(value, selectionStart).from === selectionStart;
  if (!plain.trim().includes("\n") || !isWholeLine || language === "markdown") return plain;
  return "```" + (language ?? "") + "\n" + plain.replace(/\n+$/, "") + "\n```\n";
}

// The language that the editor names, "" where it names none, null where no editor speaks.
function languageSaid(data) {
  if (!data) return null;
  try {
    const { mode } = JSON.parse(data);
    return mode === "plaintext" ? "" : String(mode ?? "");
  } catch {
    return "";
  }
}

function isCode(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  const [only, ...others] = [...body.children].filter((each) => !/^(META|STYLE|BR)$/.test(each.tagName));
  if (!only || others.length) return false;
  // The attribute's own words: the site's policy keeps the browser from reading it as a style.
  const style = only.getAttribute("style") ?? "";
  return only.tagName === "PRE" || /font-family:[^;]*(mono|courier|consolas|menlo)/i.test(style);
}

function layoutOf({ value, selectionStart }, pasted) {
  const html = pasted.getData("text/html");
  if (!html || isInFence(value, selectionStart) || !saysMore(html)) return null;
  return markdownFrom(html);
}
