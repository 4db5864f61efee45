// HTML of web pages and word processors as the Markdown that an author would have typed.
import TurndownService from "../../vendor/turndown/turndown.js";

const UNWANTED = "script, style, title, meta, link, template, xml, o\\:p, [hidden]";
const LAYOUT = "a[href], b, strong, i, em, code, pre, h1, h2, h3, h4, h5, h6, li, table, blockquote, img, del, s, hr, [style*=font-weight], [style*=font-style]";

const service = new TurndownService({
  headingStyle: "atx",
  codeBlockStyle: "fenced",
  bulletListMarker: "-",
  emDelimiter: "*",
  hr: "---",
});

service.addRule("struckOut", {
  filter: ["del", "s"],
  replacement: (content) => `~~${content}~~`,
});

// Word processors write weight and slant into styles; a <b> of normal weight is only a wrapper.
service.addRule("styled", {
  filter: (node) => ["SPAN", "B", "I"].includes(node.nodeName) && node.hasAttribute("style"),
  replacement: (content, node) => {
    // Read from the attribute: the site's policy keeps the browser from taking it for a style.
    const fontWeight = said(node, "font-weight");
    const fontStyle = said(node, "font-style");
    const isBold = Number(fontWeight) >= 600 || fontWeight === "bold" || (node.nodeName === "B" && !fontWeight);
    const isSlanted = fontStyle === "italic" || (node.nodeName === "I" && !fontStyle);
    return wrapped(content, (isBold ? "**" : "") + (isSlanted ? "*" : ""));
  },
});

service.addRule("listItem", {
  filter: "li",
  replacement: (content, node, options) => {
    const list = node.parentNode;
    const isNumbered = list.nodeName === "OL";
    const place = [...list.children].indexOf(node) + Number(list.getAttribute("start") ?? 1);
    const mark = isNumbered ? `${place}. ` : `${options.bulletListMarker} `;
    const body = content.trim().replace(/\n/g, `\n${" ".repeat(mark.length)}`);
    return `${mark}${body}${node.nextElementSibling ? "\n" : ""}`.replace(/[ \t]+\n/g, "\n");
  },
});

service.addRule("fence", {
  filter: "pre",
  replacement: (content, node) => {
    const said = `${node.className} ${node.querySelector("code")?.className ?? ""}`;
    const language = /(?:language|lang|highlight-source)-([\w+#-]+)/.exec(said)?.[1] ?? "";
    const code = node.textContent.replace(/\n+$/, "");
    const longest = Math.max(2, ...[...code.matchAll(/`+/g)].map(([run]) => run.length));
    const fence = "`".repeat(longest + 1);
    return `\n\n${fence}${language}\n${code}\n${fence}\n\n`;
  },
});

service.addRule("table", {
  filter: "table",
  replacement: (content, node) => `\n\n${tableOf(node)}\n\n`,
});

// A picture without an address of its own cannot be shown by anybody else.
service.addRule("pictureInside", {
  filter: (node) => node.nodeName === "IMG" && !/^https?:/i.test(node.getAttribute("src") ?? ""),
  replacement: () => "",
});

function said(node, property) {
  const style = node.getAttribute("style") ?? "";
  return new RegExp(`(?:^|;)\\s*${property}\\s*:\\s*([\\w-]+)`, "i").exec(style)?.[1].toLowerCase() ?? "";
}

function wrapped(content, mark) {
  if (!mark || !content.trim()) return content;
  const [, lead, words, trail] = /^(\s*)([\s\S]*?)(\s*)$/.exec(content);
  return lead + mark + words + [...mark].reverse().join("") + trail;
}

function tableOf(table) {
  const rows = [...table.rows].map((row) => [...row.cells].map(cellOf));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (!width) return "";
  const lines = rows.map((row) => `| ${[...row, ...Array(width - row.length).fill("")].join(" | ")} |`);
  return [lines[0], `|${" --- |".repeat(width)}`, ...lines.slice(1)].join("\n");
}

function cellOf(cell) {
  return service.turndown(cell.innerHTML).replace(/\s*\n\s*/g, " ").replace(/(?<!\\)\|/g, "\\|");
}

// Whether `html` holds more than its words.
export function saysMore(html) {
  return parsed(html).querySelector(LAYOUT) !== null || parsed(html).querySelectorAll("p").length > 1;
}

export function markdownFrom(html) {
  return service.turndown(parsed(html)).trim();
}

function parsed(html) {
  const { body } = new DOMParser().parseFromString(html, "text/html");
  for (const unwanted of body.querySelectorAll(UNWANTED)) unwanted.remove();
  return body;
}
