// What the modules of the writing page tell each other. All events are sent to the element marked
// data-writing, so that none needs to know which others are there:
//
//   writing:changed  the text has changed and rests for a moment; detail { text }
//   writing:status   a short line for the status line; detail { message }, empty to clear it
//   writing:saved    the text is kept by the server

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
