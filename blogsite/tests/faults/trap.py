"""A browser window that notices what should not happen on a page."""

import json

from posts.tests.test_rendering_hostile import ATTRIBUTES, VISITOR

# A dialog is seen by itself. What the content policy has stopped counts as well: it ought to have
# been escaped before.
LISTEN = """
document.addEventListener("securitypolicyviolation", (event) => {
  window.trapped(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
});
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = (words) => window.trapped(`${name} ${words}`);
}
"""

JUDGE = """
({tags, attributes}) => {
  const found = [];
  const danger = /^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i;
  for (const element of document.querySelectorAll("*")) {
    for (const {name, value} of element.attributes) {
      if (/^on/i.test(name)) found.push(`${element.tagName} ${name}`);
      if (/^(href|src|action|formaction|xlink:href|srcdoc)$/i.test(name) && danger.test(value)
          && !value.startsWith("data:image/"))
        found.push(`${element.tagName} ${name}=${value}`);
    }
    if (element.matches("iframe, frame, object, embed, base, applet, portal, meta[http-equiv=refresh]"))
      found.push(element.tagName);
    if (element.matches("script:not([src]):not([type='application/json']):not([type='application/ld+json'])"))
      found.push("script");
    if (element.matches("form[action]") && new URL(element.action).origin !== location.origin
        && location.origin !== "null")
      found.push(`form to ${element.action}`);
  }
  for (const element of document.querySelectorAll(".comment-text *, .queue-text *")) {
    if (!tags.includes(element.tagName.toLowerCase())) found.push(`in a comment: ${element.tagName}`);
    for (const {name} of element.attributes)
      if (!attributes.includes(name)) found.push(`in a comment: ${element.tagName} ${name}`);
  }
  return found;
}
"""
# Our own modules that put buttons on code, sooner or later after the page has loaded; what stands
# in a comment is judged as the server sent it.
TOOLS = "**/js/{copy,wide}_code*.js"
ALLOWED = {"tags": sorted(VISITOR), "attributes": sorted(ATTRIBUTES)}


class Trap:
    """Watches `page`; `sprung` says what happened, page by page."""

    def __init__(self, page):
        self.page = page
        self.sprung = []
        page.context.expose_function("trapped", self.spring)
        page.context.add_init_script(LISTEN)
        page.route(TOOLS, lambda route: route.fulfill(content_type="text/javascript", body=""))
        page.on("dialog", self.dismiss)
        page.on("popup", lambda popup: self.spring("a window opened"))

    def spring(self, what) -> None:
        self.sprung.append((self.page.url, str(what)))

    def dismiss(self, dialog) -> None:
        self.spring(f"dialog {dialog.message}")
        dialog.dismiss()

    def visit(self, path: str) -> int:
        """Open the page and look at all of it; its status."""
        status = self.page.goto(path, wait_until="load").status
        self.judge()
        return status

    def show(self, html: str) -> None:
        """Look at HTML where no content policy holds, such as a mail."""
        self.page.set_content(html, wait_until="load")
        self.judge()

    def judge(self) -> None:
        for what in self.page.evaluate(JUDGE, ALLOWED):
            self.spring(what)

    def texts(self, selector: str) -> list[str]:
        return self.page.locator(selector).evaluate_all("all => all.map(one => one.textContent)")

    def __str__(self):
        return json.dumps(self.sprung, indent=1)
