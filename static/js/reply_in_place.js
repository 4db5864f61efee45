// "Reply" brings the form to the comment that is answered, with all that was typed in it, and "Cancel"
// takes it back. Without script the link leads to a page with the form.
const words = document.querySelector("[data-comment-words]")?.dataset ?? {};
const write = document.querySelector("[data-comments] .write");
const form = write?.querySelector("[data-comment-form]");

if (form) {
  const home = document.createComment(""); // where the form stands when nothing is answered
  const parent = form.elements.parent;
  const title = write.querySelector(".write-title");
  const sentParent = form.querySelector("[data-form-parent]"); // the page is itself for an answer
  const bar = makeBar();
  const status = makeStatus();
  write.before(home, status);

  function makeBar() {
    const line = document.createElement("p");
    line.className = "form-answering";
    const cancel = document.createElement("button");
    cancel.type = "button";
    cancel.className = "button";
    cancel.textContent = words.cancel;
    cancel.addEventListener("click", goHome);
    line.append(document.createElement("span"), cancel);
    return line;
  }

  function makeStatus() {
    const line = document.createElement("p");
    line.className = "sr-only";
    line.setAttribute("role", "status");
    return line;
  }

  function setParent(key) {
    parent.value = key;
    parent.dispatchEvent(new Event("change", { bubbles: true }));
    title.textContent = key ? words.answer : words.comment;
    form.querySelector(".button-main").textContent = key ? words.sendAnswer : words.sendComment;
  }

  function linkTo(key) {
    return document.querySelector(`a[data-reply="${CSS.escape(key)}"]`);
  }

  function answer(link) {
    const comment = link.closest(".comment");
    const name = comment.querySelector(".comment-author").textContent;
    if (sentParent) sentParent.hidden = true;
    bar.firstChild.textContent = words.answering.replace("%s", name);
    title.after(bar);
    comment.after(write);
    setParent(link.dataset.reply);
    status.textContent = bar.firstChild.textContent;
  }

  function goHome() {
    const link = linkTo(parent.value);
    bar.remove();
    if (sentParent) sentParent.hidden = true;
    home.after(write);
    setParent("");
    status.textContent = words.cancelled;
    (link ?? form.elements.body).focus();
  }

  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a[data-reply], a[data-reply-cancel]");
    if (!link || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    if ("replyCancel" in link.dataset) return goHome();
    answer(link);
    form.elements.body.focus();
  });

  // A draft that was an answer finds its place again; so does the form after the threads were renewed.
  const place = () => {
    const link = parent.value && linkTo(parent.value);
    if (link) answer(link);
    else if (bar.isConnected || !write.isConnected) goHome();
  };
  form.addEventListener("comment-form-place", place);
  if (parent.value && !sentParent) place();
}
