// Says when there are new comments while the page is open, and brings them in on request. What it
// asks is answered from a cache, mostly with "unchanged"; it asks less often the longer it waits.
const words = document.querySelector("[data-comment-words]")?.dataset ?? {};
const FIRST = 20_000; // milliseconds
const NEXT = 30_000;
const SLOWER = 1.2;
const SLOWEST = 300_000;
const GONE = new Set([403, 404, 410]);

function attach(section) {
  let threads = section.querySelector("[data-threads]");
  let known = shownIn(threads);
  let etag;
  let pause = NEXT;
  let timer;
  let isOver = false;

  const news = document.createElement("p");
  news.className = "news";
  news.setAttribute("role", "status");
  threads.after(news);

  const plan = (wait) => {
    clearTimeout(timer);
    if (!isOver && !document.hidden) timer = setTimeout(check, wait);
  };

  async function check() {
    try {
      const headers = etag ? { "If-None-Match": etag } : {};
      const answer = await fetch(section.dataset.stateAddress, { headers, credentials: "omit", cache: "no-store" });
      isOver = GONE.has(answer.status);
      if (answer.ok) {
        etag = answer.headers.get("ETag");
        announce(await answer.json());
      }
    } catch {
      // No connection just now; the next time will show.
    }
    plan(pause);
    pause = Math.min(pause * SLOWER, SLOWEST);
  }

  // Fewer may be shown than before and yet one of them be new; the keys tell that.
  function announce(state) {
    const isNewer = state.newest > known.newest;
    const more = Math.max(state.count - known.count, isNewer ? 1 : 0);
    if (!more) return;
    const label = more === 1 ? words.newsOne : words.newsMany.replace("%s", more);
    if (news.textContent === label) return;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button news-button";
    button.textContent = label;
    button.addEventListener("click", () => show(button));
    news.replaceChildren(button);
  }

  async function show(button) {
    button.disabled = true;
    try {
      const answer = await fetch(section.dataset.threadsAddress, { cache: "no-cache" });
      if (!answer.ok) throw new Error(answer.status);
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      swap(page);
    } catch {
      button.disabled = false; // to be tried again
      news.append(` ${words.failed}`);
    }
  }

  function swap(page) {
    const before = new Set(keysOf(threads));
    const folded = new Set([...threads.querySelectorAll("details:not([open])")].map(nameOf));
    const fresh = document.importNode(page.querySelector("[data-threads]"), true);
    for (const answers of fresh.querySelectorAll("details")) {
      if (folded.has(nameOf(answers))) answers.open = false;
    }
    // The form may stand among the threads, with text in it.
    const form = threads.querySelector("[data-comment-form]");
    const write = form?.closest(".write");
    write?.remove();
    threads.replaceWith(fresh);
    threads = fresh;
    form?.dispatchEvent(new CustomEvent("comment-form-place"));
    known = shownIn(fresh);
    etag = null;
    retitle(page);
    fresh.dispatchEvent(new CustomEvent("content-added", { bubbles: true }));
    point(keysOf(fresh).filter((key) => !before.has(key)));
  }

  function retitle(page) {
    const title = page.querySelector("[data-comments-title]").textContent;
    section.querySelector("[data-comments-title]").textContent = title;
    const link = document.querySelector(".post-comments");
    if (link) link.textContent = title;
  }

  function point(keys) {
    const found = keys.map((key) => document.getElementById(key));
    found.forEach(mark);
    if (found.length) {
      news.replaceChildren();
      found[0].tabIndex = -1;
      found[0].focus();
      return;
    }
    const elsewhere = document.createElement("a");
    elsewhere.className = "button";
    elsewhere.href = section.dataset.newestAddress;
    elsewhere.textContent = words.elsewhere;
    news.replaceChildren(elsewhere);
    elsewhere.focus();
  }

  function mark(comment) {
    for (let fold = comment.closest("details"); fold; fold = fold.parentElement.closest("details")) fold.open = true;
    comment.classList.add("comment-new");
    const sign = document.createElement("span");
    sign.className = "comment-mark comment-mark-new";
    sign.textContent = words.new;
    comment.querySelector(".comment-by")?.append(" ", sign);
  }

  document.addEventListener("visibilitychange", () => plan(0));
  plan(FIRST);
}

const shownIn = (threads) => ({ count: Number(threads.dataset.count), newest: Number(threads.dataset.newest) });
const keysOf = (threads) => [...threads.querySelectorAll(".comment[id]:not(.comment-stub)")].map(({ id }) => id);
const nameOf = (answers) => answers.parentElement.querySelector(".comment").id;

document.querySelectorAll("[data-comments]").forEach(attach);
