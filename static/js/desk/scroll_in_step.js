// Text and preview scroll in step. Blocks of the page are tied to the lines they come from; between
// two of them the way is divided in proportion. The side that one uses leads.
import { eachWriting, listen } from "./events.js";
import { heightsOf } from "./mirror.js";

eachWriting((writing, text) => {
  let prose = null;
  let ties = null; // pairs of a place in the text (pixels) and an element of the page
  let blocks = [];
  let isLeading = true;

  listen(writing, "drawn", (drawn) => {
    if (!prose) lead(drawn.prose);
    prose = drawn.prose;
    blocks = drawn.blocks;
    ties = null;
  });
  new ResizeObserver(() => (ties = null)).observe(text);
  text.addEventListener("input", () => (ties = null));

  function lead(page) {
    for (const kind of ["pointerenter", "wheel", "touchstart", "keydown", "focus"]) {
      text.addEventListener(kind, () => (isLeading = true), { passive: true });
      page.ownerDocument.addEventListener(kind, () => (isLeading = false), { passive: true, capture: true });
    }
    text.addEventListener("scroll", inNextFrame(() => isLeading && followText()), { passive: true });
    page.ownerDocument.addEventListener("scroll", inNextFrame(() => !isLeading && followPage()), { passive: true });
  }

  function followText() {
    if (!prose?.checkVisibility()) return;
    ties ??= tie(text, prose, blocks);
    const page = prose.ownerDocument.scrollingElement;
    const at = text.scrollTop;
    const after = ties.findIndex((each) => each.y > at);
    const [from, to] = between(after, at >= text.scrollHeight - text.clientHeight - 2);
    const start = topOf(from, page);
    const share = (at - from.y) / Math.max(1, to.y - from.y);
    page.scrollTop = start + (topOf(to, page) - start) * share;
  }

  function followPage() {
    ties ??= tie(text, prose, blocks);
    const page = prose.ownerDocument.scrollingElement;
    const at = page.scrollTop;
    const after = ties.findIndex((each) => topOf(each, page) > at);
    const [from, to] = between(after, at >= page.scrollHeight - page.clientHeight - 2);
    const start = topOf(from, page);
    const share = (at - start) / Math.max(1, topOf(to, page) - start);
    text.scrollTop = from.y + (to.y - from.y) * share;
  }

  // The two ties that the view lies between; at the very end both sides are at their end.
  function between(after, isAtEnd) {
    if (isAtEnd) return [ties.at(-1), ties.at(-1)];
    if (after <= 0) return [ties[0], ties[Math.max(after, 0)]];
    return [ties[after - 1], ties[after]];
  }
});

function topOf({ element }, page) {
  if (element === "top") return 0;
  if (element === "end") return page.scrollHeight;
  return element.getBoundingClientRect().top + page.scrollTop;
}

function inNextFrame(act) {
  let waits = false;
  return () => {
    if (waits) return;
    waits = true;
    requestAnimationFrame(() => {
      waits = false;
      act();
    });
  };
}

function tie(text, prose, blocks) {
  const value = text.value;
  const pairs = matched(blocks, [...prose.children]);
  const starts = startsOf(value, pairs.map(({ line }) => line));
  const heights = heightsOf(text, value, [0, ...starts]);
  const tied = pairs.map(({ element }, place) => ({ y: heights[place + 1], element }));
  return [{ y: 0, element: "top" }, ...tied, { y: heights.at(-1), element: "end" }];
}

// Blocks and elements as pairs. Headings are there on both sides and in the same order; what lies
// between two of them is paired where it is as much on both sides.
function matched(blocks, elements) {
  const sources = parts(blocks.map(([line, isHeading]) => ({ line, isHeading })));
  const targets = parts(elements.map((element) => ({ element, isHeading: /^H[1-6]$/.test(element.tagName) })));
  if (sources.length !== targets.length) return [];
  return sources.flatMap((part, place) => {
    const others = targets[place];
    const isLast = place === sources.length - 1;
    const fits = part.length === others.length || (isLast && part.length < others.length);
    const kept = fits ? part : part.filter(({ isHeading }) => isHeading);
    return kept.map(({ line }, index) => ({ line, element: others[index].element }));
  });
}

function parts(things) {
  const found = [[]];
  for (const thing of things) {
    if (thing.isHeading) found.push([]);
    found.at(-1).push(thing);
  }
  return found;
}

// Where each of `lines` (rising, from 1) begins.
function startsOf(value, lines) {
  let at = 0;
  let current = 1;
  return lines.map((line) => {
    while (current < line) {
      const end = value.indexOf("\n", at);
      if (end === -1) return value.length;
      at = end + 1;
      current += 1;
    }
    return at;
  });
}
