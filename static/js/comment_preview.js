// Shows a comment as it will look, a moment after its writer pauses. The same renderer makes both.
const PAUSE = 500; // milliseconds without a key
const words = document.querySelector("[data-comment-words]")?.dataset ?? {};

function attach(form) {
  const text = form.querySelector("[data-comment-text]");
  const place = form.querySelector("[data-preview]");
  let timer;
  let asked; // the request under way

  const title = document.createElement("p");
  title.className = "comment-preview-title";
  title.textContent = words.looks;
  const shown = document.createElement("div");
  shown.className = "comment-text prose";
  place.replaceChildren(title, shown);

  async function refresh() {
    asked?.abort();
    if (!text.value.trim()) {
      place.hidden = true;
      return;
    }
    asked = new AbortController();
    try {
      const answer = await fetch(form.dataset.previewAddress, {
        method: "POST",
        body: new URLSearchParams({ body: text.value }),
        signal: asked.signal,
      });
      // 422 says what is wrong with the text itself, such as that it is too long.
      if (!answer.ok && answer.status !== 422) throw new Error(answer.status);
      const html = await answer.text();
      const page = new DOMParser().parseFromString(html, "text/html");
      shown.replaceChildren(...page.body.childNodes);
      place.hidden = false;
      document.getElementById("comment-write-preview")?.remove(); // the one that was asked for by button
    } catch (error) {
      if (error.name !== "AbortError") place.hidden = true; // an old one would be wrong by now
    }
  }

  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, PAUSE);
  });
  if (text.value !== text.defaultValue) refresh(); // typed before this came, or restored
}

document.querySelectorAll("[data-comment-form]").forEach(attach);
