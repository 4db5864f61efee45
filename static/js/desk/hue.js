// A slider beside the number of a hue. The desk itself wears the colour meanwhile.

const root = document.documentElement.style;

for (const place of document.querySelectorAll("[data-hue]")) {
  const [number, slider] = place.querySelectorAll("input");
  const none = place.querySelector("button");

  const wear = () => {
    slider.value = number.value || 22; // the hue of the site's own, as in tokens.css
    const isHue = number.value !== "" && number.checkValidity();
    if (isHue) root.setProperty("--accent-hue", number.value);
    else root.removeProperty("--accent-hue");
  };
  slider.addEventListener("input", () => {
    number.value = slider.value;
    wear();
  });
  number.addEventListener("input", wear);
  none.addEventListener("click", () => {
    number.value = "";
    root.setProperty("--accent-hue", 22);
    slider.value = 22;
  });

  slider.hidden = none.hidden = false;
  if (number.value) slider.value = number.value;
  else slider.value = 22;
}
