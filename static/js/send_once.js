// A second click while a form is on its way does nothing. The site would notice anyway; this way it
// is also seen.
const AT_MOST = 10_000; // milliseconds; a connection may hang, and sending again is harmless

function attach(form) {
  const buttons = form.querySelectorAll("button[type=submit]");
  const free = () => buttons.forEach((button) => { button.disabled = false; });
  form.addEventListener("submit", () => {
    // After this event: a button that is disabled before is not sent along.
    setTimeout(() => buttons.forEach((button) => { button.disabled = true; }));
    setTimeout(free, AT_MOST);
  });
  window.addEventListener("pageshow", free);
}

document.querySelectorAll("[data-comment-form], [data-send-once]").forEach(attach);
