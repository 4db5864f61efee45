// The table of contents: open where it stands in the margin, and marking the section being read.
const BESIDE_TEXT = "(min-width: 60rem)"; // as in contents.css

function follow(nav) {
  const links = new Map();
  for (const link of nav.querySelectorAll("a[href^='#']")) {
    const heading = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    if (heading) links.set(heading, link);
  }
  const headings = [...links.keys()];

  // The area reaches far above the window: a heading stays inside it once it has been passed,
  // however fast the reader jumped, so the last one inside is the section being read.
  const passed = new Set();
  const observer = new IntersectionObserver((changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) passed.add(target);
      else passed.delete(target);
    }
    const here = headings.findLast((heading) => passed.has(heading));
    for (const [heading, link] of links) {
      if (heading === here) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  }, { rootMargin: "1000000px 0px -66% 0px" });
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
