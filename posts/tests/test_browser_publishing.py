"""From draft to published in a real browser, with the keyboard alone."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import Permission

from posts.models import PlannedEdit, Post
from posts.tests.factories import make_post, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "a long enough password"


def sign_in(page, name, may="", zone=""):
    """Somebody new at the desk, in place of whoever was there; without `may` they may all."""
    fields = {"is_staff": True, "is_superuser": not may, "time_zone": zone}
    user = make_user(email=f"{name}@example.org", password=PASSWORD, **fields)
    # Not by their role: its group is gone once a test has emptied the database.
    user.user_permissions.set(Permission.objects.filter(codename=may))
    page.context.clear_cookies()
    page.goto("/admin/")
    page.get_by_label("E-mail").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/admin/")
    return user


def open_post(page, post, query=""):
    page.goto(f"/admin/posts/post/{post.pk}/change/{query}")


def press(page, name):
    """A button of the panel, as somebody without a mouse does."""
    panel = page.get_by_role("region", name="State")
    panel.get_by_role("button", name=name, exact=True).focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def note(page, label, words):
    page.get_by_label(label).focus()
    page.keyboard.type(words)


def assert_accessible(page):
    page.wait_for_load_state()  # its style sheets as well
    found = Axe().run(page, {"include": [[".desk-state"]]})
    assert found.violations_count == 0, found.generate_report()


def test_draft_is_submitted_sent_back_submitted_and_approved(page):
    author = sign_in(page, "ada", may="add_post")
    post = make_post(authors=[author], title="Bees", published_at=None)
    open_post(page, post)
    note(page, "Note to the editors", "Is it ready?")
    assert_accessible(page)
    press(page, "Submit for review")

    sign_in(page, "grace")
    open_post(page, post)
    assert page.get_by_text("Is it ready?").is_visible()
    note(page, "Note to the authors", "Almost.")
    assert_accessible(page)
    press(page, "Send back")
    page.get_by_text("Sent back: it waits for no editor any more.").first.wait_for()

    post.refresh_from_db()
    assert post.submitted_at is None
    Post.objects.update(submitted_at=post.created_at)
    open_post(page, post)
    press(page, "Approve")

    page.get_by_text("Everybody can read it since").wait_for()
    post.refresh_from_db()
    assert post.is_published
    assert_accessible(page)


def test_moment_says_what_it_is_in_utc_while_it_is_typed(page):
    sign_in(page, "grace", zone="Europe/Berlin")
    open_post(page, make_post(published_at=None))
    row = page.locator(".field-published_at")
    date, time = row.get_by_label("Date"), row.get_by_label("Time (Europe/Berlin)")
    said = row.locator("[data-moment-utc]")

    seen = []
    for day, clock in [
        ("2026-07-01", "12:00"),
        ("2026-03-29", "02:30"),
        ("2026-10-25", "02:30"),
        ("2026-12-31", "00:30"),
    ]:
        date.fill(day)
        time.fill(clock)
        seen.append(said.inner_text())

    assert seen == [
        "= 2026-07-01 10:00 UTC",
        "On that day the clocks skip this time.",
        "= 2026-10-25 00:30 UTC · This time comes twice that day; the first is taken.",
        "= 2026-12-30 23:30 UTC",
    ]


def test_new_version_is_prepared_compared_and_put_live(page):
    sign_in(page, "grace")
    post = make_post(title="Bees", body="Old words.")
    open_post(page, post)
    page.locator("#id_body").fill("New words.")
    page.get_by_text("Save as a scheduled edit…").focus()
    page.keyboard.press("Enter")
    when = page.get_by_role("group", name="Goes live at")
    when.get_by_label("Date").fill("2099-01-01")
    when.get_by_label("Time (UTC)").fill("12:00")
    assert_accessible(page)
    press(page, "Save as a scheduled edit")

    page.get_by_text("A new version goes live on 2099-01-01 12:00 UTC.").wait_for()
    assert (Post.objects.get().body, PlannedEdit.objects.get().body) == ("Old words.", "New words.")
    assert page.locator("#id_body").input_value() == "Old words."
    assert_accessible(page)
    press(page, "Go live now")
    page.get_by_text("The new version is live.").wait_for()
    assert Post.objects.get().body == "New words."
