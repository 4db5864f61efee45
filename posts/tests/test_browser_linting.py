"""Findings beside the text, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from posts.models import Post, Waiver
from posts.tests.factories import make_post
from posts.tests.test_browser_admin import complaints, desk  # noqa: F401 - fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BROKEN = "Words.\n\nMore, and [a](/post/none/).\n"


def panel_of(page):
    return page.get_by_role("region", name="Findings")


def text_of(page):
    return page.get_by_role("textbox", name="Text")


def change(page, post):
    page.goto(f"/admin/posts/post/{post.pk}/change/")


def test_findings_follow_the_text_and_lead_to_their_line(desk, complaints):  # noqa: F811
    change(desk, make_post(published_at=None, summary="Short."))
    panel = panel_of(desk)
    panel.get_by_text("Nothing to mend.").wait_for()

    text_of(desk).fill(BROKEN)
    panel.get_by_text("1 holds back publishing.").wait_for()
    line = panel.get_by_role("button", name="Line 3")
    line.focus()
    desk.keyboard.press("Enter")

    chosen = text_of(desk).evaluate(
        "text => text.value.slice(text.selectionStart, text.selectionEnd)"
    )
    assert chosen == "More, and [a](/post/none/)."
    text_of(desk).fill("Words.")
    panel.get_by_text("Nothing to mend.").wait_for()
    assert panel.get_by_role("listitem").count() == 0
    assert complaints == []


def test_stored_findings_lead_to_their_line_at_once(desk, complaints):  # noqa: F811
    change(desk, make_post(published_at=None, summary="Short.", body=BROKEN))

    panel_of(desk).get_by_role("button", name="Line 3").click()

    assert text_of(desk).evaluate("text => text.selectionStart") == len("Words.\n\n")
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_refusal_is_mended_by_a_reason(desk, complaints, scheme):  # noqa: F811
    desk.emulate_media(color_scheme=scheme)
    change(desk, make_post(published_at=None, summary="Short.", body=BROKEN))

    desk.get_by_role("button", name="Publish now").click()
    panel = panel_of(desk)
    panel.get_by_text("This holds back publishing.").wait_for()
    desk.wait_for_load_state()  # its style sheets as well
    heard = list(complaints)  # axe styles its own frames, which the policy refuses
    found = Axe().run(desk, context=".desk-findings")
    assert Post.objects.get().status == "draft"
    panel.get_by_label("Publish all the same, because").fill("It comes tomorrow.")
    desk.get_by_role("button", name="Publish now").click()
    panel.get_by_text("Let through: It comes tomorrow.").wait_for()

    assert Post.objects.get().is_published
    assert Waiver.objects.get().reason == "It comes tomorrow."
    assert found.violations_count == 0, found.generate_report()
    assert heard == []


def test_panel_fits_a_phone(desk, complaints):  # noqa: F811
    desk.set_viewport_size({"width": 320, "height": 640})
    body = f"{BROKEN}\n![](/media/{'long' * 60}.png)\n"
    change(desk, make_post(published_at=None, summary="Short.", body=body))

    panel_of(desk).get_by_text("3 hold back publishing.").wait_for()

    wide = desk.evaluate("document.documentElement.scrollWidth")
    assert wide <= 320
    assert complaints == []
