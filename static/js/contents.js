// The table of contents: open where it stands in the margin, and marking the section being read.
const BESIDE_TEXT = "(min-width: 60rem)"; // as in contents.css

function follow(nav) {
  const links = new Map();
  for (const link of nav.querySelectorAll("a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];

  function mark() {
    // The last heading above the upper third is the section being read.
    const line = window.innerHeight / 3;
    const passed = headings.filter((heading) => heading.getBoundingClientRect().top <= line);
    const here = passed.at(-1);
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }

  const observer = new IntersectionObserver(mark, { rootMargin: "0px 0px -66% 0px" });
  headings.forEach((heading) => observer.observe(heading));
}

for (const nav of document.querySelectorAll("[data-contents]")) {
  const details = nav.querySelector("details");
  const wide = window.matchMedia(BESIDE_TEXT);
  const unfold = () => { details.open = wide.matches; };
  unfold();
  wide.addEventListener("change", unfold);
  follow(nav);
}
