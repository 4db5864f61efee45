"""Writing in a real browser: buttons, keys, lists, what is pasted, links and pictures."""

import pytest
from playwright.sync_api import expect

from posts.tests.factories import make_post
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_browser_admin import complaints, desk, preview_of  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def text(desk):  # noqa: F811 - the fixture
    """The text area of a new post, with the cursor in it."""
    desk.goto("/admin/posts/post/add/")
    desk.wait_for_load_state("networkidle")
    area = desk.locator("#id_body")
    area.focus()
    return area


def begin(text, value, start=None, end=None):
    """Fill in `value` and select from `start` to `end`; the end of it where none are given."""
    text.fill(value)
    start = len(value) if start is None else start
    text.evaluate(
        "(text, range) => text.setSelectionRange(...range)", [start, start if end is None else end]
    )


def paste(text, **kinds):
    text.evaluate(
        """(text, kinds) => {
            const transfer = new DataTransfer();
            for (const [kind, value] of Object.entries(kinds)) transfer.setData(kind, value);
            text.dispatchEvent(new ClipboardEvent("paste", {
                clipboardData: transfer, bubbles: true, cancelable: true }));
        }""",
        {f"text/{kind}": value for kind, value in kinds.items()},
    )


def test_keys_mark_words_and_take_the_marks_back(text):
    results = []
    for keys in ["Control+b", "Control+i", "Control+e", "Control+k", "Control+Shift+H"]:
        begin(text, "one two", 4, 7)
        text.press(keys)
        marked = text.input_value()
        text.press("Control+z")
        results.append((marked, text.input_value()))
    begin(text, "one **two**", 6, 9)
    text.press("Control+b")

    assert results == [
        ("one **two**", "one two"),
        ("one *two*", "one two"),
        ("one `two`", "one two"),
        ("one [two]()", "one two"),
        ("## one two", "one two"),
    ]
    assert text.input_value() == "one two"


def test_footnotes_are_numbered_and_defined_at_the_end(text):
    begin(text, "One[^1] two\n\n[^1]: Yes.\n", 11)

    text.press("Control+Shift+F")
    text.press_sequentially("No.")

    assert text.input_value() == "One[^1] two[^2]\n\n[^1]: Yes.\n[^2]: No."


def test_enter_goes_on_with_lists_and_ends_them(text):
    for line, following in [
        ("- a", "- "),
        ("9. a", "10. "),
        ("  * a", "  * "),
        ("- [x] a", "- [ ] "),
        ("> a", "> "),
    ]:
        begin(text, line)
        text.press("Enter")
        assert text.input_value() == f"{line}\n{following}"
        text.press("Enter")
        assert text.input_value() == f"{line}\n\n"


def test_tab_moves_items_and_leaves_the_text_anywhere_else(desk, text):  # noqa: F811
    begin(text, "- a\n- b")
    text.press("Tab")
    moved = text.input_value()
    text.press("Shift+Tab")
    back = text.input_value()
    text.press("Escape")
    text.press("Tab")
    left_list = desk.evaluate("document.activeElement.id")
    begin(text, "words")
    text.press("Tab")
    left_words = desk.evaluate("document.activeElement.id")

    assert (moved, back) == ("- a\n  - b", "- a\n- b")
    assert "id_body" not in (left_list, left_words)


def test_pasted_layout_becomes_markdown_and_code_stays_code(text):
    begin(text, "see this", 4, 8)
    paste(text, plain="https://example.org/a")
    linked = text.input_value()
    begin(text, "")
    paste(
        text,
        plain="x",
        html="<h2>A</h2><p>b <span style='color: red; font-weight: 700'>c</span></p><ol><li>d<li>e</ol>",
    )
    laid_out = text.input_value()
    begin(text, "")
    paste(text, plain="a | b", html="<table><tr><td>a<td>b<tr><td>1<td>2|3</table>")
    table = text.input_value()
    begin(text, "")
    paste(text, plain="a_b\n  *c", html='<div style="font-family: Consolas">a_b<br>  *c</div>')
    code = text.input_value()

    assert linked == "see [this](https://example.org/a)"
    assert laid_out == "## A\n\nb **c**\n\n1. d\n2. e"
    assert table == "| a | b |\n| --- | --- |\n| 1 | 2\\|3 |"
    assert code == "```\na_b\n  *c\n```\n"


def test_two_brackets_find_a_post_to_link_to(desk, text):  # noqa: F811
    make_post(title="Tea and code", slug="tea")
    make_post(title="Tea again", slug="again")

    text.press_sequentially("See [[tea")
    desk.locator("#id_body_targets li").nth(1).wait_for()
    text.press("ArrowDown")
    named = text.get_attribute("aria-activedescendant")
    text.press("Enter")

    assert named == "id_body_targets_1"
    assert text.input_value() == "See [Tea and code](/post/tea/)"
    assert text.get_attribute("aria-activedescendant") is None


def test_picture_is_chosen_described_and_inserted_with_the_keyboard(desk, text):  # noqa: F811
    image = store(picture_bytes())

    text.press("Control+Shift+G")
    desk.locator("[data-picker-grid] button").wait_for()
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    desk.keyboard.type("A teal box")
    desk.keyboard.press("Enter")
    desk.get_by_text("Picture inserted.").wait_for()
    image.refresh_from_db()

    assert text.input_value().strip() == f"![A teal box]({image.url})"
    assert image.alt == "A teal box"


def test_focus_shows_the_text_alone_and_esc_leads_back(desk, text, complaints):  # noqa: F811
    text.press("Control+.")
    alone = [text.is_visible(), desk.get_by_label("Title").is_visible()]
    text.press("Escape")

    assert alone == [True, False]
    assert desk.get_by_label("Title").is_visible()
    assert complaints == []


def test_words_are_counted_and_headings_lead_to_their_lines(desk, text):  # noqa: F811
    begin(text, "One two three.\n\n## Leaves\n\nFour.\n")
    desk.get_by_text("5 words · 1 minute to read").wait_for()

    desk.get_by_text("Outline").click()
    desk.get_by_role("button", name="Leaves").click()

    assert text.evaluate("text => text.selectionStart") == 16


def test_enter_in_the_title_leads_into_the_text(desk, text):  # noqa: F811
    desk.get_by_label("Title").fill("Moss")

    desk.get_by_label("Title").press("Enter")
    desk.keyboard.type("Green.")

    assert text.input_value() == "Green."
    assert desk.url.endswith("/add/")


def test_a_save_leads_back_to_the_cursor(desk, text, complaints):  # noqa: F811
    desk.get_by_label("Title").fill("Moss")
    begin(text, "line\n" * 200, 500)
    desk.evaluate("() => { document.querySelector('#id_body').scrollTop = 400; scrollTo(0, 90); }")
    place = """() => { const text = document.querySelector("#id_body");
        return [document.activeElement.id, text.selectionStart, text.scrollTop, scrollY]; }"""
    before = desk.evaluate(place)

    with desk.expect_navigation(url="**/change/"):
        desk.keyboard.press("Control+s")
    desk.wait_for_load_state("networkidle")

    assert desk.evaluate(place) == before
    assert "Moss" in desk.locator("[data-writing-status]").inner_text()
    assert complaints == []


def test_a_refused_save_leads_to_what_has_to_be_corrected(desk, text):  # noqa: F811
    text.fill("Words.")
    tags = desk.get_by_label("Tags:")
    tags.fill("x" * 300)

    with desk.expect_navigation():
        tags.press("Control+s")

    # A module puts the cursor there, some time after the page is there.
    expect(tags).to_be_focused()
    expect(desk.locator(".errorlist").first).to_be_visible()
