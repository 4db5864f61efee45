"""What a post does in a browser, and that it reads whole without any of it."""

import io
import re

import pytest
from PIL import Image as Bitmap
from playwright.sync_api import expect

from posts.pictures import store_image
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db

WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 780}
FAR_AWAY = "\n\n".join(["A paragraph to fill the screen."] * 30)
THREE_SECTIONS = f"## One\n\n{FAR_AWAY}\n\n## Two\n\n{FAR_AWAY}\n\n## Three\n\n{FAR_AWAY}"


def open_post(page, body, size=WIDE):
    post = make_post(body=body)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(size)
    # The scripts for texts come in after the page; before that, links do what links do.
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    return post


def clipboard(page):
    return page.evaluate("navigator.clipboard.readText()")


@pytest.mark.parametrize(
    ("fence", "expected"),
    [
        ("```console\n$ make run\nListening\n$ make test\n```", "make run\nmake test\n"),
        ("```pycon\n>>> 1 + 1\n2\n```", "1 + 1\n"),
        ("```python linenos hl=2\nfirst = 1\nsecond = 2\n```", "first = 1\nsecond = 2\n"),
        ("```\nplain\n```", "plain\n"),
    ],
)
def test_copy_takes_what_a_reader_would_type(page, fence, expected):
    open_post(page, fence)

    page.locator("figure.code").hover()
    page.locator(".code-copy").click()

    expect(page.locator(".code-copy")).to_have_text("Copied")
    assert clipboard(page) == expected


def test_wide_code_wraps_on_request_and_narrow_code_does_not_ask(page):
    open_post(page, f"```python\n{'value + ' * 60}1\n```\n\n```python\n1\n```", PHONE)
    wide, narrow = page.locator("figure.code").all()

    wide.locator(".code-wrap").click()

    assert wide.locator("pre").evaluate("pre => pre.scrollWidth <= pre.clientWidth")
    expect(wide.locator(".code-wrap")).to_have_attribute("aria-pressed", "true")
    expect(narrow.locator(".code-wrap")).to_have_count(0)


def test_heading_anchor_copies_its_full_address(page, live_site):
    post = open_post(page, "## Set up\n\nText.")

    page.locator(".prose h2").hover()
    page.locator(".prose h2 .anchor").click()

    expect(page.locator(".prose h2 .anchor")).to_have_attribute("data-copied", "Copied")
    assert clipboard(page) == f"{live_site}{post.get_absolute_url()}#set-up"


def test_contents_mark_the_section_being_read(page):
    open_post(page, THREE_SECTIONS)
    here = page.locator("[data-contents] a[aria-current]")
    expect(here).to_have_text("One")

    page.locator("#three").evaluate("heading => heading.scrollIntoView()")
    expect(here).to_have_text("Three")

    page.evaluate("scrollTo(0, 0)")
    expect(here).to_have_text("One")


def test_contents_are_folded_on_a_phone_and_open_on_request(page):
    open_post(page, THREE_SECTIONS, PHONE)
    link = page.locator("[data-contents] a", has_text="Two")
    expect(link).not_to_be_visible()

    page.locator("[data-contents] summary").click()
    link.click()

    expect(page).to_have_url(re.compile("#two$"))


def test_short_text_has_no_contents(page):
    open_post(page, "## One\n\nText.\n\n## Two\n\nText.")

    expect(page.locator("[data-contents]")).to_have_count(0)


def test_picture_enlarges_and_gives_the_focus_back(page):
    file = io.BytesIO()
    Bitmap.new("RGB", (1600, 900), "teal").save(file, "PNG")
    file.seek(0)
    image = store_image(file, name="shot.png")
    open_post(page, f'![A teal field]({image.url} "What it looks like")')
    link = page.locator("a[data-enlarge]")

    link.focus()
    page.keyboard.press("Enter")

    dialog = page.locator("dialog.lightbox")
    expect(dialog).to_be_visible()
    expect(dialog.locator("img")).to_have_attribute("alt", "A teal field")
    expect(dialog.locator("figcaption")).to_have_text("What it looks like")
    page.keyboard.press("Escape")
    expect(dialog).not_to_be_visible()
    expect(link).to_be_focused()


def test_video_sends_nothing_before_the_click(page, blocked_requests):
    open_post(page, "https://www.youtube.com/watch?v=dQw4w9WgXcQ")
    page.wait_for_load_state("networkidle")
    assert blocked_requests == []

    page.locator(".embed-load").click()

    frame = page.locator(".embed iframe")
    expect(frame).to_have_attribute(
        "src", re.compile(r"^https://www\.youtube-nocookie\.com/embed/dQw4w9WgXcQ")
    )
    expect(frame).to_have_attribute("referrerpolicy", "strict-origin-when-cross-origin")
    expect(page.locator(".embed a")).to_be_visible()


def test_footnotes_stand_in_a_wide_margin_and_at_the_end_of_a_phone(page):
    open_post(page, "Claim[^a] and claim[^b].\n\n[^a]: First source.\n[^b]: Second source.")

    notes = page.locator(".prose > .margin-note")
    expect(notes).to_have_count(2)
    expect(notes.first).to_contain_text("First source.")
    expect(page.locator(".footnotes")).not_to_be_visible()

    page.set_viewport_size(PHONE)

    expect(notes).to_have_count(0)
    items = page.locator(".footnotes li.footnote")
    expect(items.first).to_contain_text("First source.")
    expect(items.last).to_contain_text("Second source.")
    expect(items.first).to_have_id("fn-1")


def test_post_reads_whole_without_script(browser, live_site):
    body = f"{THREE_SECTIONS}\n\n```python\n1\n```\n\nClaim[^a].\n\n[^a]: The source."
    post = make_post(body=body)
    context = browser.new_context(base_url=live_site, java_script_enabled=False, viewport=WIDE)
    page = context.new_page()

    # The scripts for texts come in after the page; before that, links do what links do.
    page.goto(post.get_absolute_url(), wait_until="networkidle")

    for words in ["One", "The source.", "A paragraph to fill the screen."]:
        expect(page.locator(".prose").get_by_text(words).first).to_be_visible()
    expect(page.locator("[data-contents] a").first).to_be_visible()
    expect(page.locator("button:not([type=submit]):visible")).to_have_count(0)
    context.close()
