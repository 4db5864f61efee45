// A video stays a link until the reader asks for it: nothing is sent to its host before the click.
const HOSTS = new Set(["www.youtube-nocookie.com", "player.vimeo.com", "speakerdeck.com"]); // as in the CSP

function player(figure, address) {
  const frame = document.createElement("iframe");
  frame.src = address.href;
  frame.title = figure.querySelector("a").textContent;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.allowFullscreen = true;
  return frame;
}

for (const figure of document.querySelectorAll("figure.embed[data-embed]")) {
  const address = new URL(figure.dataset.embed);
  if (!HOSTS.has(address.host)) continue;
  const button = document.createElement("button");
  button.type = "button";
  button.className = "embed-load";
  button.textContent = figure.dataset.label;
  button.addEventListener("click", () => {
    const frame = player(figure, address);
    button.replaceWith(frame);
    frame.focus();
  });
  figure.prepend(button);
}
