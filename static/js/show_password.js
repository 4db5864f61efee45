// A button beside each password that shows what was typed: it is typed once, so it may be looked at.
// Needs inputs with data-password, and a template with data-password-words for the button's words.
const words = document.querySelector("[data-password-words]")?.dataset;

function attach(input) {
  const place = document.createElement("div");
  const button = document.createElement("button");
  place.className = "password-shown";
  button.className = "password-show";
  button.type = "button";
  const say = (shown) => {
    input.type = shown ? "text" : "password";
    button.textContent = shown ? words.hide : words.show;
    button.setAttribute("aria-label", shown ? words.hideLabel : words.showLabel);
  };
  input.before(place);
  place.append(input, button);
  say(false);
  button.addEventListener("click", () => say(input.type === "password"));
  // A browser offers to keep what it can tell to be a password.
  input.form?.addEventListener("submit", () => say(false));
}

if (words) document.querySelectorAll("input[data-password]").forEach(attach);
