// Shows the text as its page will: the server's own renderer, in a frame with the site's own
// sheets, so that nothing of the admin's look leaks in.

const REMEMBERED = "desk-preview";

for (const writing of document.querySelectorAll("[data-writing]")) start(writing);

function start(writing) {
  const text = writing.querySelector("textarea");
  const toggle = writing.querySelector("[data-writing-preview-toggle]");
  const box = writing.querySelector("[data-writing-preview]");
  const status = writing.querySelector("[data-writing-status]");
  const token = text.form.elements.csrfmiddlewaretoken;
  let page = null;
  let timer = 0;
  let asked = 0;
  let shown = null;
  let complaint = "";

  writing.querySelector("[data-writing-tools]").hidden = false;

  function show(open) {
    box.hidden = !open;
    toggle.setAttribute("aria-pressed", String(open));
    writing.classList.toggle("writing-split", open);
    remember(open);
    if (open) refresh();
  }

  async function refresh() {
    if (box.hidden || text.value === shown) return;
    const number = (asked += 1);
    const source = text.value;
    const form = new FormData();
    form.set("csrfmiddlewaretoken", token.value);
    form.set("content", source);
    let answer;
    try {
      answer = await fetch(writing.dataset.previewUrl, { method: "POST", body: form });
    } catch {
      complain(writing.dataset.labelNoAnswer);
      return;
    }
    if (number !== asked) return; // a newer text is on its way
    if (!answer.ok) {
      const ours = answer.status === 403;
      complain(ours ? writing.dataset.labelRefused : writing.dataset.labelNoAnswer);
      return;
    }
    const html = await answer.text();
    if (number !== asked) return;
    if (status.textContent === complaint) status.textContent = "";
    page ??= makePage(box, writing);
    const prose = await page;
    if (number !== asked) return;
    shown = source;
    prose.innerHTML = html;
  }

  // The line is shared: what others say in it is not the preview's to take away.
  function complain(sentence) {
    complaint = sentence;
    status.textContent = sentence;
  }

  toggle.addEventListener("click", () => show(box.hidden));
  text.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(refresh, Number(writing.dataset.latency));
  });
  if (remembered()) show(true);
}

// A document of the site inside a frame; answers with the element that holds the text.
async function makePage(box, writing) {
  const frame = document.createElement("iframe");
  frame.title = writing.dataset.labelPreview;
  frame.className = "writing-page-frame writing-page-loading";
  // No script may run in it, not even one that slipped through the renderer.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.srcdoc = "<!doctype html><title></title>";
  box.replaceChildren(frame);
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  const inside = frame.contentDocument;
  const sheets = [writing.dataset.siteSheet];
  const accent = document.querySelector("[data-accent-sheet]");
  if (accent) sheets.push(accent.href);
  await Promise.all(sheets.map((href) => addSheet(inside, href)));
  const follow = () => followTheme(inside.documentElement);
  new MutationObserver(follow).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  follow();
  inside.documentElement.lang = document.documentElement.lang;
  const article = inside.createElement("article");
  article.className = "post frame";
  const prose = inside.createElement("div");
  prose.className = "prose post-text";
  article.append(prose);
  inside.body.append(article);
  // A link inside would turn the preview into another page.
  inside.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link) return;
    event.preventDefault();
    const target = link.getAttribute("href");
    if (target.startsWith("#")) inside.getElementById(target.slice(1))?.scrollIntoView();
    else window.open(link.href, "_blank", "noopener");
  });
  frame.classList.remove("writing-page-loading");
  return prose;
}

function addSheet(inside, href) {
  return new Promise((resolve) => {
    const link = inside.createElement("link");
    link.rel = "stylesheet";
    link.href = href;
    link.addEventListener("load", resolve);
    link.addEventListener("error", resolve);
    inside.head.append(link);
  });
}

function followTheme(root) {
  const theme = document.documentElement.dataset.theme;
  if (theme === "light" || theme === "dark") root.dataset.theme = theme;
  else delete root.dataset.theme;
}

function remember(open) {
  try {
    localStorage.setItem(REMEMBERED, open ? "open" : "closed");
  } catch {
    // Storage may be forbidden; the choice then lasts for this page.
  }
}

function remembered() {
  try {
    return localStorage.getItem(REMEMBERED) === "open";
  } catch {
    return false;
  }
}
