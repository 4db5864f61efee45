"""An author writes a long post from nothing to published, in a real browser, with no mouse."""

# ruff: noqa: F811  fixtures of another module

import base64

import pytest
from playwright.sync_api import expect

from posts.models import Image, Post
from posts.tests.factories import make_post, make_tag
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_browser_admin import complaints, desk  # noqa: F401

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

MOST_STOPS = 120  # of Tab on one page, before somebody without a mouse gives up
NAME_OF_FOCUSED = """() => {
    const at = document.activeElement;
    const label = at.getAttribute("aria-label") || at.labels?.[0]?.innerText;
    return (label || (at.type === "submit" && at.value) || at.innerText || "").trim();
}"""


def tab_to(page, name, keys="Tab"):
    """Go on with Tab until what is called `name` has the focus."""
    passed = []
    for _stop in range(MOST_STOPS):
        page.keyboard.press(keys)
        passed.append(page.evaluate(NAME_OF_FOCUSED))
        if passed[-1].rstrip(":") == name:
            return
    pytest.fail(f"No way to {name!r} by {keys}: {passed}")


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def press_and_follow(page, key):
    with page.expect_navigation():
        page.keyboard.press(key)


def assert_in_text(page):
    assert page.evaluate("document.activeElement.id") == "id_body"


def prose(words: int, topic: str) -> str:
    """Paragraphs of a hundred words."""
    paragraph = " ".join(f"{topic}{number}" for number in range(99))
    return "\n\n".join([f"{topic.capitalize()} {paragraph}."] * (words // 100))


def write_down(page, text):
    """All at once, as dictation does."""
    page.keyboard.insert_text(text)


def go_on(page):
    """A new paragraph at the end of the text."""
    press(page, "Control+End")
    end = page.evaluate("document.activeElement.value.slice(-2)")
    press(page, *["Enter"] * (2 - end.count("\n")))


# --- Parts of the text ------------------------------------------------------------


def write_heading(page, words):
    go_on(page)
    page.keyboard.type(words)
    press(page, "Control+Shift+H", "End")


def write_marks_and_links(page):
    go_on(page)
    page.keyboard.type("Water should be ")
    press(page, "Control+B")
    page.keyboard.type("soft")
    press(page, "End")
    page.keyboard.type(", as ")
    press(page, "Control+K")
    page.keyboard.type("others say")
    press(page, "ArrowRight", "ArrowRight")
    page.keyboard.type("https://example.org/water")
    press(page, "End")
    page.keyboard.type(" and as I said in [[kett")
    page.get_by_role("option").first.wait_for()
    press(page, "Enter")
    assert_in_text(page)
    page.keyboard.type(".")


def write_code(page):
    go_on(page)
    press(page, "Control+Shift+E")
    page.keyboard.type("python")
    press(page, "ArrowDown")
    page.keyboard.type("def steep(minutes):\nreturn minutes * 60")
    press(page, "Home", "Tab")


def write_table(page):
    go_on(page)
    press(page, "Control+Shift+L")
    for cell in ["Leaf", "Minutes", "Green", "2", "Black", "4"]:
        page.keyboard.type(cell)
        press(page, "Tab")
    if page.evaluate("document.activeElement.id") != "id_body":
        press(page, "Shift+Tab")  # the last cell leads out of the text
    assert_in_text(page)


def choose_picture(page):
    go_on(page)
    press(page, "Control+Shift+G")
    page.locator("[data-picker-grid] button").wait_for()
    press(page, "ArrowDown", "Enter")
    page.keyboard.type("A teal pot")
    press(page, "Enter")
    page.get_by_text("Picture inserted.").wait_for()
    assert_in_text(page)


def paste_picture(page):
    """As Ctrl+V does when a picture was copied, which no test can put on the clipboard."""
    go_on(page)
    page.evaluate(
        """(data) => {
            const bytes = Uint8Array.from(atob(data), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "image.png", { type: "image/png" }));
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", {
                clipboardData: transfer, bubbles: true, cancelable: true }));
        }""",
        base64.b64encode(picture_bytes(size=(600, 400), colour="red")).decode(),
    )
    page.get_by_text("Please say between the brackets").wait_for()
    assert_in_text(page)
    page.keyboard.type("A red pot")


def write_footnote(page):
    go_on(page)
    page.keyboard.type("The rest is patience.")
    press(page, "Control+Shift+F")
    page.keyboard.type("Or so they say.")


def write_text(page):
    write_down(page, prose(600, "leaf"))
    write_heading(page, "Water")
    write_marks_and_links(page)
    go_on(page)
    write_down(page, prose(500, "water"))
    write_heading(page, "Steeping")
    write_code(page)
    write_table(page)
    choose_picture(page)
    paste_picture(page)
    go_on(page)
    write_down(page, prose(400, "time"))
    go_on(page)
    page.keyboard.type("[Nowhere](/post/none/)")
    write_footnote(page)


def mend_finding(page):
    """The link that leads nowhere: to its line, and other words in its place."""
    findings = page.get_by_role("region", name="Findings")
    line = page.evaluate(
        "document.activeElement.value.split('\\n').indexOf('[Nowhere](/post/none/)') + 1"
    )
    findings.get_by_role("button", name=f"Line {line}").wait_for()
    press(page, "Escape")
    tab_to(page, f"Line {line}")
    press(page, "Enter")
    assert_in_text(page)
    page.keyboard.type("It ends somewhere.")
    expect(findings.get_by_text("holds back publishing")).to_have_count(0)


def fill_details(page):
    press(page, "Escape")
    tab_to(page, "Tags")
    page.keyboard.type("Tea, Patience")
    tab_to(page, "Summary")
    page.keyboard.type("How long leaves take, and why.")


# --- The whole way ----------------------------------------------------------------


def test_long_post_is_written_and_published_with_the_keyboard_only(desk, complaints):
    store(picture_bytes(size=(600, 400)))
    make_post(title="Kettles", slug="kettles")
    make_tag("Tea")

    tab_to(desk, "Write a post")
    press_and_follow(desk, "Enter")
    desk.wait_for_load_state("networkidle")
    tab_to(desk, "Title")
    desk.keyboard.type("How long to steep")
    tab_to(desk, "Text")
    write_text(desk)
    mend_finding(desk)
    fill_details(desk)
    press_and_follow(desk, "Control+S")
    draft = Post.objects.get(slug="how-long-to-steep")
    assert not draft.is_published
    tab_to(desk, "Publish now")
    press_and_follow(desk, "Enter")
    tab_to(desk, "View on site")
    press_and_follow(desk, "Enter")

    post = Post.objects.get(slug="how-long-to-steep")
    assert post.is_published
    assert post.body.startswith(prose(600, "leaf"))
    assert post.word_count > 1500
    assert shown_on(desk) == {
        "title": "How long to steep",
        "headings": ["Water", "Steeping"],
        "strong": ["soft"],
        "links": ["https://example.org/water", "/post/kettles/"],
        "pictures": ["A teal pot", "A red pot"],
        "code": "def steep(minutes):\n    return minutes * 60\n",
        "colours": True,
        "table": [["Leaf", "Minutes"], ["Green", "2"], ["Black", "4"]],
        "note": "Or so they say.",
    }
    for picture in desk.locator(".post-text img").all():
        picture.scroll_into_view_if_needed()
        expect(picture).to_have_js_property("complete", True)
        assert picture.evaluate("image => image.naturalWidth") > 0
    assert [tag.name for tag in post.tags.all()] == ["Patience", "Tea"]
    assert post.summary == "How long leaves take, and why."
    assert sorted(Image.objects.values_list("alt", flat=True)) == ["", "A teal pot"]
    assert complaints == []


def shown_on(page) -> dict:
    """What a reader finds in the text."""
    return page.evaluate(
        """() => {
            const text = document.querySelector(".post-text");
            const all = (where, read) => [...text.querySelectorAll(where)].map(read);
            const code = text.querySelector("pre code");
            return {
                title: document.querySelector("h1").innerText,
                headings: all("h2[id]", (one) => one.firstChild.textContent.trim()),
                strong: all("strong", (one) => one.textContent),
                links: all("p > a[href]:not([href^='#'])", (one) => one.getAttribute("href")),
                pictures: all("img", (one) => one.alt),
                code: code.textContent,
                colours: code.querySelectorAll("span[class]").length > 3,
                table: all("tr", (row) => [...row.cells].map((cell) => cell.textContent)),
                note: text.querySelector("[class*=footnote] li p").firstChild.textContent.trim(),
            };
        }"""
    )
