"""The preview beside the text, in a real browser: the page's own type, and both scroll in step."""

# ruff: noqa: F811  fixtures of another module

import pytest
from playwright.sync_api import expect

from posts.tests.factories import make_post
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_browser_admin import complaints, desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TYPED = ["p", "h2", "h3", "pre", "pre code", "blockquote", "blockquote p", "figcaption", "li", "td"]
STYLES = """([box, selectors]) => {
    const read = (element) => {
        const style = getComputedStyle(element);
        return Object.fromEntries(["fontFamily", "fontSize", "fontWeight", "lineHeight", "color",
            "backgroundColor", "maxWidth", "width", "marginBlockStart", "marginBlockEnd"]
            .map((name) => [name, style[name]]));
    };
    return Object.fromEntries(selectors.map((one) => [one, read(box.querySelector(one))]));
}"""


def text_with_all(picture) -> str:
    return f"""Opening words.

## Set up

> Quoted words.

```python
print(1)
```

### Then

- One

| a | b |
| --- | --- |
| 1 | 2 |

![A box]({picture.url} "What it shows")
"""


def open_beside(desk, post):
    """The writing page of `post` with its preview; answers with the document in the frame."""
    desk.goto(f"/admin/posts/post/{post.pk}/change/")
    desk.wait_for_load_state("networkidle")
    desk.get_by_role("button", name="Preview").click()
    frame = desk.frame_locator("iframe[title=Preview]")
    frame.locator(".prose > *").first.wait_for()
    return frame


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_preview_wears_the_type_of_the_page(desk, scheme):
    desk.emulate_media(color_scheme=scheme)
    post = make_post(body=text_with_all(store(picture_bytes(size=(600, 400)))))
    desk.set_viewport_size({"width": 1600, "height": 900})
    frame = open_beside(desk, post)
    # As wide as the preview is, the page has the same room for its text.
    width = frame.locator(":root").evaluate("root => root.clientWidth")
    shown = frame.locator(".prose").evaluate(f"(box, all) => ({STYLES})([box, all])", TYPED)

    desk.set_viewport_size({"width": width, "height": 900})
    desk.goto(post.get_absolute_url())
    box = desk.locator(".post-text")

    assert box.evaluate(f"(box, all) => ({STYLES})([box, all])", TYPED) == shown


# --- In step ----------------------------------------------------------------------

TALL = "\n\n".join(f"## Chapter {number}\n\n" + "Words.\n" * 40 for number in range(1, 10))
HEIGHT_OF_LINE = """(text, line) => {
    const style = getComputedStyle(text);
    return parseFloat(style.paddingBlockStart) + line * parseFloat(style.lineHeight);
}"""
NEAR = 12  # pixels


def until(page, is_so):
    """What scrolls follows in the next frame or the one after."""
    for _try in range(200):
        if is_so():
            return
        page.wait_for_timeout(50)
    pytest.fail("It did not follow.")


def test_text_and_preview_scroll_in_step(desk, complaints):
    desk.set_viewport_size({"width": 2200, "height": 900})
    # One line in the text, and high on the page: in proportion alone, all after it is out of step.
    picture = store(picture_bytes(size=(600, 400)))
    body = f"![A box]({picture.url})\n\n" * 4 + TALL
    frame = open_beside(desk, make_post(body=body))
    text = desk.locator("#id_body")
    until(desk, lambda: frame.locator("img").last.evaluate("image => image.complete"))
    lines = body.split("\n")

    for chapter in ["Chapter 3", "Chapter 6"]:
        y = text.evaluate(HEIGHT_OF_LINE, lines.index(f"## {chapter}"))
        heading = frame.locator("h2").filter(has_text=chapter)

        text.dispatch_event("wheel")
        text.evaluate("(text, y) => text.scrollTo(0, y)", y)
        until(desk, lambda h=heading: abs(h.evaluate("h => h.getBoundingClientRect().top")) < NEAR)

        frame.locator(".prose").dispatch_event("wheel")
        frame.locator(":root").evaluate("root => root.scrollTo(0, 0)")
        until(desk, lambda: text.evaluate("text => text.scrollTop") < NEAR)
        # Not scrollIntoView: headings keep a margin from the top.
        heading.evaluate(
            "h => h.ownerDocument.defaultView.scrollBy(0, h.getBoundingClientRect().top)"
        )
        until(desk, lambda y=y: abs(text.evaluate("text => text.scrollTop") - y) < NEAR)

    assert complaints == []


# --- Room to write ----------------------------------------------------------------


def test_full_window_leaves_the_text_and_its_tools_and_is_remembered(desk, complaints):
    desk.set_viewport_size({"width": 1440, "height": 900})
    desk.goto("/admin/posts/post/add/")
    desk.wait_for_load_state("networkidle")
    text = desk.locator("#id_body")
    tags, tools = desk.get_by_label("Tags:", exact=True), desk.get_by_role("toolbar")
    width = text.bounding_box()["width"]

    text.focus()
    desk.keyboard.press("Control+Shift+Enter")
    expect(tags).to_be_hidden()
    expect(tools).to_be_visible()
    assert text.bounding_box()["width"] > width
    desk.reload()
    expect(tags).to_be_hidden()
    desk.get_by_role("button", name="Full window").focus()
    desk.keyboard.press("Escape")

    expect(tags).to_be_visible()
    expect(desk.get_by_role("button", name="Full window")).to_have_attribute(
        "aria-pressed", "false"
    )
    assert complaints == []


def test_phone_has_tabs_for_text_and_preview(desk, complaints):
    desk.set_viewport_size({"width": 360, "height": 740})
    desk.goto(f"/admin/posts/post/{make_post(body='Some **bold** words.').pk}/change/")
    desk.wait_for_load_state("networkidle")
    write, read = desk.get_by_role("tab", name="Write"), desk.get_by_role("tab", name="Preview")
    text, panel = desk.locator("#id_body"), desk.locator("iframe[title=Preview]")

    write.focus()
    desk.keyboard.press("ArrowRight")
    expect(read).to_be_focused()
    expect(read).to_have_attribute("aria-selected", "true")
    expect(text).to_be_hidden()
    expect(panel.content_frame.locator("strong")).to_have_text("bold")
    assert desk.evaluate("document.documentElement.scrollWidth") <= 360
    desk.keyboard.press("ArrowLeft")

    expect(write).to_be_focused()
    expect(text).to_be_visible()
    expect(panel).to_be_hidden()
    assert complaints == []


def test_list_of_keys_leads_back_to_the_cursor(desk, complaints):
    desk.goto("/admin/posts/post/add/")
    desk.wait_for_load_state("networkidle")
    desk.locator("#id_body").focus()
    desk.keyboard.type("One three")
    for _letter in "three":
        desk.keyboard.press("ArrowLeft")

    desk.keyboard.press("Control+/")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog", name="Keys")).to_be_hidden()
    desk.keyboard.type("two ")

    assert desk.locator("#id_body").input_value() == "One two three"
    assert complaints == []
