"""The start page and the search of the desk in a real browser."""

# ruff: noqa: F811  fixtures of another module

import pytest
from playwright.sync_api import expect

from accounts.models import User
from posts.models import Post
from posts.tests.factories import make_post, make_tag
from posts.tests.test_browser_admin import complaints, desk, violations  # noqa: F401
from posts.tests.test_start_page import fill

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def open_search(desk):
    desk.keyboard.press("Control+k")
    return desk.get_by_role("combobox", name="Find posts")


def test_search_opens_at_a_key_and_leads_with_keys_alone(desk, complaints):
    post = make_post(title="Quokka habits")
    make_post(title="Why quokkas smile")
    make_tag("Quokka")

    box = open_search(desk)
    box.press_sequentially("quokka")
    desk.get_by_role("option").nth(2).wait_for()
    told = desk.get_by_role("dialog").get_by_role("status").inner_text()
    chosen = desk.locator("[role=option][aria-selected=true]")
    first = chosen.inner_text()
    box.press("ArrowDown")
    second = chosen.inner_text()
    box.press("ArrowUp")
    box.press("Enter")
    desk.wait_for_url(f"**/posts/post/{post.pk}/change/")

    assert told == "3 results"
    assert first.startswith("Quokka habits")
    assert second.startswith("Why quokkas smile")
    assert complaints == []


def test_search_closes_at_escape_and_gives_the_focus_back(desk):
    way = desk.get_by_role("link", name="Search")
    way.focus()
    desk.keyboard.press("Enter")
    desk.get_by_role("combobox", name="Find posts").press_sequentially("nothing like it")
    desk.get_by_text("Nothing found.").wait_for()

    desk.keyboard.press("Escape")

    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(way).to_be_focused()


def test_late_answer_to_an_earlier_question_is_dropped(desk):
    make_post(title="Early bird")
    make_post(title="Late riser")

    def hold(route):
        if "q=early" in route.request.url:
            desk.wait_for_timeout(600)
        route.continue_()

    desk.route("**/admin/search/**", hold)
    box = open_search(desk)
    box.fill("early")
    desk.wait_for_timeout(250)
    box.fill("late")
    desk.get_by_role("option", name="Late riser").wait_for()
    desk.wait_for_timeout(900)

    assert desk.get_by_role("option").all_inner_texts() == ["Late riser\nPublished"]


def test_text_area_keeps_the_key_for_itself(desk):
    desk.goto("/admin/posts/post/add/")
    desk.get_by_role("textbox", name="Text:").focus()

    desk.keyboard.press("Control+k")

    expect(desk.locator("dialog.desk-search")).not_to_be_visible()


def test_search_says_when_somebody_was_signed_out(desk):
    box = open_search(desk)
    desk.context.clear_cookies()

    box.press_sequentially("quokka")

    desk.get_by_text("You are signed out.").wait_for()


def test_quick_draft_is_written_and_leads_to_the_writing_page(desk, complaints):
    draft = desk.get_by_role("form", name="Quick draft")
    draft.get_by_label("Title").fill("An idea")
    draft.get_by_label("Text").fill("Some *words*.\n\nMore.")

    draft.get_by_role("button", name="Keep as a draft").click()
    desk.wait_for_url("**/change/")

    post = Post.objects.get()
    assert (post.title, post.body, post.status) == ("An idea", "Some *words*.\n\nMore.", "draft")
    assert desk.get_by_label("Title").input_value() == "An idea"
    assert complaints == []


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (360, "dark"), (1440, "light")])
def test_start_page_and_search_are_open_to_everyone(desk, complaints, width, scheme):
    fill(User.objects.get(), range(1, 4))
    make_post(title="Quokka")
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)
    found = []
    for path in ["/admin/", "/admin/search/?q=post"]:
        desk.goto(path)
        found += violations(desk)
        assert desk.evaluate("document.documentElement.scrollWidth") <= width
    open_search(desk).fill("quokka")
    desk.get_by_role("option").first.wait_for()

    assert [*found, *violations(desk)] == []
    assert complaints == []
