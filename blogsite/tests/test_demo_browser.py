"""The demo site in a real Chromium: accessible, without script, within the screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PAGES = [
    "/",
    "/?page=2",
    "/post/everything-this-markdown-can-do/",
    "/tags/",
    "/tag/python/",
    "/series/",
    "/archive/",
    "/about/",
    "/search/?q=cookie",
    "/search/?q=",
    "/no-such-page/",
]
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
WIDTHS = [360, 1440]


@pytest.fixture
def window(browser, demo_site):
    """Makes pages of the demo site: `window(width=360, dark=True, script=False)`."""
    contexts = []

    def open_window(width=1440, dark=False, script=True):
        context = browser.new_context(
            base_url=demo_site,
            viewport={"width": width, "height": 900},
            color_scheme="dark" if dark else "light",
            java_script_enabled=script,
            reduced_motion="reduce",
        )
        contexts.append(context)
        page = context.new_page()
        page.problems = []
        page.on("console", lambda message: note(page, message))
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.on("request", lambda request: note_request(page, request, demo_site))
        return page

    yield open_window
    for context in contexts:
        context.close()


def note(page, message):
    # A 404 page is reported as a failed resource; that one is wanted.
    if message.type == "error" and "404" not in message.text:
        page.problems.append(message.text)


def note_request(page, request, demo_site):
    if not request.url.startswith((demo_site, "data:", "blob:")):
        page.problems.append(f"asked {request.url}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_no_accessibility_violation(window, width, dark):
    page = window(width=width, dark=dark)
    found = {}

    for address in PAGES:
        page.goto(address)
        results = Axe().run(page, options={"runOnly": WCAG})
        violations = results.response["violations"]
        if violations:
            found[address] = [
                (violation["id"], [node["html"][:120] for node in violation["nodes"][:3]])
                for violation in violations
            ]

    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_scrolls_sideways(window, width):
    page = window(width=width)
    wide = {}

    for address in PAGES:
        page.goto(address)
        widths = page.evaluate(
            "[document.documentElement.scrollWidth, document.documentElement.clientWidth]"
        )
        if widths[0] > widths[1]:
            wide[address] = widths

    assert wide == {}


def test_no_page_breaks_the_content_policy_or_asks_elsewhere(window):
    page = window()

    for address in PAGES:
        page.goto(address, wait_until="networkidle")

    assert page.problems == []


def test_every_page_is_whole_without_script(window):
    page = window(script=False)

    for address in PAGES:
        page.goto(address)

        assert page.locator("h1").count() == 1, address
        assert page.locator("h1").is_visible(), address
        assert page.locator("main").inner_text().strip(), address


def test_pages_store_nothing_in_the_browser(window):
    page = window()

    for address in PAGES:
        page.goto(address)

    assert page.context.cookies() == []


def test_keyboard_reaches_the_text_first(window):
    page = window()
    page.goto("/post/everything-this-markdown-can-do/")

    page.keyboard.press("Tab")
    page.keyboard.press("Enter")

    assert page.evaluate("location.hash") == "#" + page.locator("main").get_attribute("id")


def test_layout_does_not_shift(window):
    page = window(width=360)
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver(list => { for (const entry of list.getEntries())"
        " window.shift += entry.value; }).observe({type: 'layout-shift', buffered: true});"
    )

    for address in ("/", "/post/everything-this-markdown-can-do/"):
        page.goto(address, wait_until="networkidle")

        assert page.evaluate("window.shift") < 0.01, address


def test_chosen_theme_is_there_at_the_first_paint(window):
    page = window(dark=False)
    page.goto("/")
    page.evaluate("localStorage.setItem('theme', 'dark')")
    page.add_init_script(
        "new MutationObserver(() => { if (document.documentElement.dataset.theme)"
        " window.themedAt ??= performance.now(); })"
        ".observe(document, {attributes: true, subtree: true, attributeFilter: ['data-theme']})"
    )

    for address in ("/", "/archive/", "/post/everything-this-markdown-can-do/"):
        page.goto(address, wait_until="networkidle")
        themed, painted = page.evaluate(
            "[window.themedAt, performance.getEntriesByName('first-paint')[0].startTime]"
        )

        assert themed < painted, address
