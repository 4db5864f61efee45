// What the modules of the writing page tell each other. All events are sent to the element marked
// data-writing, so that none needs to know which others are there:
//
//   writing:changed   the text has changed and rests for a moment; detail { text }
//   writing:status    a short line for the status line; detail { message }, empty to clear it; with
//                     `instead` only where that line stands there still
//   writing:rendered  what the server's renderer said of the text: detail { words, minutes, toc,
//                     blocks } as posts/admin/preview.py describes them
//   writing:drawn     the preview shows the text: detail { prose, blocks }, the element that holds it
//   writing:upload    pictures to take in; detail { files }
//   writing:pictures  the author asks for the pictures there are

export function announce(writing, name, detail = {}) {
  writing.dispatchEvent(new CustomEvent(`writing:${name}`, { detail }));
}

export function listen(writing, name, hear) {
  writing.addEventListener(`writing:${name}`, (event) => hear(event.detail));
}

// Each place of the page where a text is written, with its text area and form.
export function eachWriting(start) {
  for (const writing of document.querySelectorAll("[data-writing]")) {
    const text = writing.querySelector("textarea");
    if (text) start(writing, text, text.form);
  }
}
