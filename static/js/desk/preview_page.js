// A document of the site inside a frame, with the site's own sheets, so that nothing of the
// admin's look leaks in. Answers with the element that holds the text.
export async function makePage(box, writing) {
  const frame = document.createElement("iframe");
  frame.title = writing.dataset.labelPreview;
  frame.className = "writing-page-frame writing-page-loading";
  // No script may run in it, not even one that slipped through the renderer.
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.srcdoc = "<!doctype html><title></title>";
  box.replaceChildren(frame);
  await new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
  const inside = frame.contentDocument;
  await addSheets(inside, writing);
  keepTheme(inside.documentElement);
  inside.documentElement.lang = document.documentElement.lang;
  const prose = addArticle(inside);
  inside.addEventListener("click", (event) => followLink(event, inside));
  frame.classList.remove("writing-page-loading");
  return prose;
}

// Puts `html` in place of what `prose` shows. Blocks that stay the same stay in place, so that
// pictures do not flicker and the page does not jump.
export function showIn(prose, html) {
  const template = prose.ownerDocument.createElement("template");
  template.innerHTML = html;
  const fresh = [...template.content.childNodes];
  const old = [...prose.childNodes];
  let start = 0;
  while (start < fresh.length && start < old.length && isSame(fresh[start], old[start])) start += 1;
  let end = 0;
  const most = Math.min(fresh.length, old.length) - start;
  while (end < most && isSame(fresh.at(-1 - end), old.at(-1 - end))) end += 1;
  for (const node of old.slice(start, old.length - end)) node.remove();
  const next = prose.childNodes[start] ?? null;
  for (const node of fresh.slice(start, fresh.length - end)) prose.insertBefore(node, next);
}

function isSame(one, other) {
  return one.isEqualNode(other);
}

function addSheets(inside, writing) {
  const sheets = [writing.dataset.siteSheet];
  const accent = document.querySelector("[data-accent-sheet]");
  if (accent) sheets.push(accent.href);
  return Promise.all(sheets.map((href) => addSheet(inside, href)));
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

function addArticle(inside) {
  const article = inside.createElement("article");
  article.className = "post frame";
  const prose = inside.createElement("div");
  prose.className = "prose post-text e-content";
  article.append(prose);
  inside.body.append(article);
  return prose;
}

function keepTheme(root) {
  const follow = () => {
    const theme = document.documentElement.dataset.theme;
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  };
  new MutationObserver(follow).observe(document.documentElement, {
    attributeFilter: ["data-theme"],
  });
  follow();
}

// A link inside would turn the preview into another page.
function followLink(event, inside) {
  const link = event.target.closest("a[href]");
  if (!link) return;
  event.preventDefault();
  const target = link.getAttribute("href");
  if (target.startsWith("#")) inside.getElementById(target.slice(1))?.scrollIntoView();
  else window.open(link.href, "_blank", "noopener");
}
