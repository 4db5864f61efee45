// Where lines of a text area stand. A text area does not say, so its text is laid out once more in
// an unseen box of the same width and type.

// One by one: `font` is empty where a part of the type has no place in it, such as ligatures.
const COPIED = [
  "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontVariantLigatures", "lineHeight", "letterSpacing",
  "tabSize", "paddingInline", "paddingBlockStart", "direction",
];

function makeMirror(textarea) {
  const box = document.createElement("div");
  box.className = "writing-mirror";
  box.setAttribute("aria-hidden", "true");
  const style = getComputedStyle(textarea);
  for (const property of COPIED) box.style[property] = style[property];
  box.style.inlineSize = `${textarea.clientWidth}px`;
  textarea.after(box);
  return box;
}

// Pixels from the top of the text to the beginning of each piece of `value`, which is cut at the
// positions `cuts`; the last number is the height of all.
export function heightsOf(textarea, value, cuts) {
  const box = makeMirror(textarea);
  const ends = [...cuts.slice(1), value.length];
  const pieces = cuts.map((from, place) => {
    const piece = document.createElement("div");
    piece.textContent = value.slice(from, ends[place]);
    return piece;
  });
  box.append(...pieces);
  const top = box.getBoundingClientRect().top;
  const tops = pieces.map((piece) => piece.getBoundingClientRect().top - top);
  const all = box.getBoundingClientRect().height;
  box.remove();
  return [...tops, all];
}

// The place of the cursor in pixels from the corner of the text area, and the height of its line.
export function caretPlace(textarea) {
  const box = makeMirror(textarea);
  const mark = document.createElement("span");
  mark.textContent = "\u200b";
  box.append(textarea.value.slice(0, textarea.selectionEnd), mark);
  const [outer, inner] = [box.getBoundingClientRect(), mark.getBoundingClientRect()];
  box.remove();
  return {
    x: inner.left - outer.left,
    y: inner.top - outer.top - textarea.scrollTop,
    height: inner.height,
  };
}
