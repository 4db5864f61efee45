"""Sharing a draft, ordering a series and emptying the trash, in a real browser."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client

from posts import series_order, trash
from posts.models import DraftLink
from posts.tests.factories import make_post, make_series, make_tag, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page):
    """What the browser complained of: broken policies, failed scripts."""
    lines = []
    page.on("pageerror", lambda error: lines.append(str(error)))
    page.on("console", lambda said: lines.append(said.text) if said.type == "error" else None)
    return lines


@pytest.fixture
def desk(page, live_site, complaints):
    """A browser in which an editor has signed in."""
    client = Client()
    client.force_login(make_user(display_name="Ed", is_staff=True, is_superuser=True))
    name = settings.SESSION_COOKIE_NAME
    page.context.add_cookies(
        [{"name": name, "value": client.cookies[name].value, "url": live_site}]
    )
    return page


def violations(page, part=None) -> list[str]:
    """What axe finds on the page, or in the part of it that a selector names."""
    page.wait_for_load_state()  # axe judges colours, which come with the last style sheet
    return [each["id"] for each in Axe().run(page, context=part).response["violations"]]


def is_narrow_enough(page) -> bool:
    return page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_draft_is_shared_with_a_stranger_and_withdrawn(desk, browser, live_site, complaints):
    post = make_post(title="Zqdraft", body="Zqwords", published_at=None)
    desk.goto(f"/admin/posts/post/{post.pk}/change/")
    desk.locator("[name=body]").fill("Typed, and not saved yet")

    desk.get_by_label("For whom").fill("Ada")
    desk.get_by_label("Open for").select_option("1")
    desk.get_by_role("button", name="Make a link").press("Enter")
    address = desk.get_by_label("Address of the link Ada")
    address.wait_for()
    link = address.input_value()

    # Neither the page nor what was typed is lost, and the address has the focus.
    assert desk.locator("[name=body]").input_value() == "Typed, and not saved yet"
    assert address.evaluate("field => field === document.activeElement")
    assert desk.get_by_role("button", name="Copy the link Ada").is_visible()
    assert complaints == []
    assert violations(desk, "#draft-links") == []

    stranger = browser.new_context()
    reader = stranger.new_page()
    reader.goto(link)
    assert "Zqwords" in reader.content()
    assert stranger.cookies() == []
    assert violations(reader) == []

    desk.get_by_role("button", name="Withdraw the link Ada").press("Enter")
    desk.get_by_text("Withdrawn", exact=False).first.wait_for()
    assert desk.get_by_role("status").filter(has_text="The link is withdrawn.").count() == 1
    assert reader.reload().status == 404
    assert "Zq" not in reader.content()
    assert violations(reader) == []
    stranger.close()
    assert DraftLink.objects.get().opened_count == 1


def test_address_is_copied(desk, live_site):
    post = make_post(published_at=None)
    desk.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=live_site)
    desk.goto(f"/admin/posts/post/{post.pk}/change/")
    desk.get_by_role("button", name="Make a link").click()
    field = desk.locator("[data-address]")
    field.wait_for()

    desk.get_by_role("button", name="Copy the link").click()

    desk.get_by_role("status").filter(has_text="Copied.").wait_for()
    assert desk.evaluate("navigator.clipboard.readText()") == field.input_value()


def make_three():
    series = make_series("Walks")
    parts = [make_post(title=f"Walk {n}", series=series, series_part=n) for n in (1, 2, 3)]
    return series, parts


def order_of(series) -> list[str]:
    return list(series_order.parts_of(series).values_list("title", flat=True))


def test_parts_are_moved_by_keyboard(desk, complaints):
    series, _parts = make_three()
    desk.goto(f"/admin/posts/series/{series.pk}/change/")

    desk.get_by_role("button", name="Move Walk 3 up").press("Enter")
    said = desk.locator("[data-parts-said]")
    assert said.text_content() == "Part 2 of 3: Walk 3"
    desk.keyboard.press("Enter")
    assert said.text_content() == "Part 1 of 3: Walk 3"
    # At the top the button up sleeps: the focus is at the one that still does something.
    assert desk.evaluate("document.activeElement.getAttribute('aria-label')") == "Move Walk 3 down"
    assert complaints == []  # before axe, which brings styles of its own
    assert violations(desk) == []

    desk.locator("[name=_continue]").click()
    desk.get_by_text("The parts have a new order.").wait_for()
    assert order_of(series) == ["Walk 3", "Walk 1", "Walk 2"]


def test_parts_are_dragged(desk, complaints):
    series, _parts = make_three()
    desk.set_viewport_size({"width": 320, "height": 700})
    desk.goto(f"/admin/posts/series/{series.pk}/change/")
    assert is_narrow_enough(desk)
    rows = desk.locator("[data-part]")

    def drag(number):
        rows.nth(number).scroll_into_view_if_needed()
        box = rows.nth(number).locator("[data-handle]").bounding_box()
        desk.mouse.move(box["x"] + 8, box["y"] + 8)
        desk.mouse.down()

    drag(0)
    last = rows.nth(2).bounding_box()
    desk.mouse.move(last["x"] + 8, last["y"] + last["height"] - 4, steps=8)
    desk.mouse.up()
    assert desk.locator("[data-parts-said]").text_content() == "Part 3 of 3: Walk 1"

    drag(0)  # and this one goes home again
    desk.mouse.move(last["x"] + 8, last["y"] + last["height"] - 4, steps=8)
    desk.keyboard.press("Escape")
    desk.mouse.up()

    desk.locator("[name=_continue]").click()
    desk.get_by_text("The parts have a new order.").wait_for()
    assert order_of(series) == ["Walk 2", "Walk 3", "Walk 1"]
    assert complaints == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_trash_and_its_questions_are_for_everybody(desk, complaints, scheme):
    post, tag = make_post(title="Zqgone"), make_tag("Zqtag")
    trash.move_to_trash(post, by=None, why="Out of date")
    living = make_post(title="Zqliving")
    desk.emulate_media(color_scheme=scheme)
    desk.set_viewport_size({"width": 320, "height": 700})

    for path in (
        "/admin/trash/",
        f"/admin/posts/post/{post.pk}/remove/",
        f"/admin/posts/post/{living.pk}/delete/",
        f"/admin/posts/tag/{tag.pk}/change/",
    ):
        desk.goto(path)
        assert complaints == [], path
        assert violations(desk) == [], path
        assert is_narrow_enough(desk), path
        complaints.clear()  # axe brings styles of its own

    desk.goto("/admin/trash/")
    desk.get_by_role("button", name="Restore Zqgone").press("Enter")
    desk.get_by_text("“Zqgone” is restored.").wait_for()
