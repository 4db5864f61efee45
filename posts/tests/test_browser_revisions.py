"""Revisions in a real browser: compared and brought back, on a phone and on a wide screen."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from posts import revisions
from posts.models import Post
from posts.tests.factories import make_post, make_tag
from posts.tests.test_browser_admin import complaints, desk

__all__ = ["complaints", "desk"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LINES = [f"Line {number} of a text about bees.\n\n" for number in range(12)]


def make_two_revisions():
    post = make_post(title="Bees", body="".join(LINES), tags=[make_tag("Hives")])
    revisions.keep(post, milestone="As printed")
    post.title = "Wasps"
    post.body = "".join([*LINES[:6], "Line 6 of a chapter about wasps.\n\n", *LINES[7:]])
    post.save()
    revisions.keep(post)
    return post


def flaws(page):
    """What axe finds, and what stands out over the edge."""
    page.wait_for_load_state()  # axe judges colours, which come with the last style sheet
    found = [each["id"] for each in Axe().run(page).response["violations"]]
    wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
    return [*found, *(["wider than the screen"] if wide else [])]


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_revision_is_compared_and_brought_back(desk, complaints, width, scheme):
    post = make_two_revisions()
    desk.set_viewport_size({"width": width, "height": 900})
    desk.emulate_media(color_scheme=scheme)

    desk.goto(f"/admin/posts/post/{post.pk}/change/")
    desk.get_by_role("link", name="History").click()
    desk.wait_for_url("**/revisions/")
    assert flaws(desk) == []
    desk.get_by_text("Name or correction of revision 1").click()
    assert flaws(desk) == []

    desk.get_by_role("button", name="Compare the two marked").click()
    desk.wait_for_url("**/compare/**")
    text = desk.get_by_role("region", name="Text", exact=True)
    old, new = text.locator(".comparison-old"), text.locator(".comparison-new")
    assert [each.strip() for each in old.locator("del").all_text_contents()] == [
        "[removed: text]",
        "[removed: bees]",
    ]
    assert [each.strip() for each in new.locator("ins").all_text_contents()] == [
        "[added: chapter]",
        "[added: wasps]",
    ]
    is_beside = old.bounding_box()["y"] == new.bounding_box()["y"]
    assert is_beside == (width > 1000)
    assert flaws(desk) == []
    desk.keyboard.press("Tab")
    desk.get_by_text("10 unchanged lines").first.press("Enter")
    desk.get_by_text("Line 0 of a text").wait_for()

    desk.get_by_role("link", name="Restore… revision 1").click()
    desk.get_by_role("heading", name="Restore revision 1?").wait_for()
    assert flaws(desk) == []
    desk.get_by_role("button", name="Restore it").press("Enter")
    desk.wait_for_url("**/change/")

    post = Post.objects.get()
    assert (post.title, post.body, post.revision_number) == ("Bees", "".join(LINES), 3)
    desk.get_by_text("Revision 1 is back, as a new revision.").wait_for()
    # axe itself sets styles, which the policy of the page refuses.
    assert [line for line in complaints if "inline style" not in line] == []
