"""The queue in a real browser: by mouse, by keyboard, and without script."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client

from comments import reasons
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, make_moderator
from posts.tests.factories import make_post, make_user

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def sign_in(page, live_site, user):
    """Give the browser the session of `user`, without its typing a password."""
    client = Client()
    client.force_login(user)
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_site}]
    )


@pytest.fixture
def moderator():
    return make_moderator(email="mod@example.org")


@pytest.fixture
def problems(page):
    """What the browser complained of: broken policies, failed scripts."""
    lines = []
    page.on("pageerror", lambda error: lines.append(str(error)))
    page.on("console", lambda said: lines.append(said.text) if said.type == "error" else None)
    return lines


@pytest.fixture
def desk(page, live_site, moderator, problems):
    sign_in(page, live_site, moderator)
    return page


@pytest.fixture
def plain(browser, live_site, moderator):
    """A window without script."""
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    sign_in(page, live_site, moderator)
    yield page
    context.close()


def make_waiting(count=3):
    post = make_post()
    return [make_comment(post, status=Status.PENDING) for _number in range(count)]


def row_of(page, comment):
    return page.locator("[data-queue-row]").filter(has=page.locator(f"#text-{comment.pk}"))


def told(page, words):
    """Wait until a row says so."""
    page.locator("[data-queue-fold]", has_text=words).first.wait_for()


def status_of(comment):
    return Comment.objects.get(pk=comment.pk).status


def test_button_folds_the_row_away_and_undo_brings_it_back(desk, problems):
    one, _two, _three = make_waiting()
    desk.goto(QUEUE)
    address = desk.url

    row_of(desk, one).get_by_role("button", name="Spam").click()
    told(desk, "Put with the spam.")
    hidden = row_of(desk, one).locator("article").is_visible()
    decided = status_of(one)
    desk.get_by_role("button", name="Undo").click()
    row_of(desk, one).locator("article").wait_for()

    assert (hidden, decided, status_of(one)) == (False, "spam", "pending")
    assert desk.url == address
    assert problems == []


def test_whole_queue_is_worked_through_by_keyboard(desk, moderator, problems):
    one, two, three, four, five = make_waiting(5)
    desk.goto(QUEUE)

    desk.keyboard.press("j")
    desk.keyboard.press("a")
    told(desk, "Approved.")
    desk.keyboard.press("s")
    told(desk, "Put with the spam.")
    desk.keyboard.press("t")
    told(desk, "Moved to the trash.")
    desk.keyboard.press("u")
    row_of(desk, three).locator("article").wait_for()
    desk.keyboard.press("j")
    desk.keyboard.press("r")
    desk.keyboard.type("Thanks, and jast so.")
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    told(desk, "Approved and answered.")
    desk.keyboard.press("x")
    marked = row_of(desk, five).get_by_role("checkbox").is_checked()
    desk.keyboard.press("k")
    desk.keyboard.press("e")
    desk.wait_for_url(f"**/{three.pk}/change/**")

    statuses = [status_of(comment) for comment in (one, two, three, four, five)]
    assert statuses == ["approved", "spam", "pending", "approved", "pending"]
    assert Comment.objects.get(parent=four).body == "Thanks, and jast so."
    assert marked
    assert problems == []


def test_keys_are_explained_and_can_be_switched_off(desk):
    [one] = make_waiting(1)
    desk.goto(QUEUE)

    desk.keyboard.press("?")
    desk.get_by_label("Use these keys").uncheck()
    desk.get_by_role("button", name="Close").click()
    desk.reload()
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    desk.keyboard.press("?")

    assert desk.get_by_role("dialog").is_visible()
    assert status_of(one) == "pending"


def test_answer_that_is_refused_stays_in_its_field(desk):
    [one] = make_waiting(1)
    desk.goto(QUEUE)
    row = row_of(desk, one)

    row.get_by_text("Reply").click()
    row.locator("textarea").fill("   ")
    row.get_by_role("button", name="Approve and answer").click()
    row.get_by_text("Write something first.").wait_for()

    assert row.locator("textarea").input_value() == "   "
    assert status_of(one) == "pending"


def test_being_signed_out_is_said_in_the_row(desk):
    [one] = make_waiting(1)
    desk.goto(QUEUE)
    desk.context.clear_cookies()

    row_of(desk, one).get_by_role("button", name="Approve").click()
    told(desk, "You are signed out.")

    assert row_of(desk, one).locator("article").is_visible()
    assert status_of(one) == "pending"


def test_ban_says_how_many_went_and_leaves_the_row_in_place(desk):
    one = make_comment(email="bot@example.org", status=Status.PENDING)
    desk.goto(QUEUE)
    row = row_of(desk, one)

    row.get_by_text("More").click()
    row.get_by_role("button", name="Ban author").click()
    told(desk, "Banned; 1 comment went to the spam.")

    assert status_of(one) == "spam"


def test_marked_ones_are_decided_together(desk):
    make_waiting()
    desk.goto(QUEUE)

    desk.get_by_label("Mark all on this page").check()
    desk.get_by_role("button", name="Approve marked").click()
    desk.get_by_text("3 comments: Approved.").wait_for()
    desk.get_by_role("button", name="Undo").click()
    desk.get_by_text("3 decisions taken back.").wait_for()

    assert Comment.objects.pending().count() == 3


def test_everything_works_without_script(plain):
    one, two, three = make_waiting()
    plain.goto(f"{QUEUE}?o=1")

    row_of(plain, one).get_by_role("button", name="Approve").click()
    assert plain.url.endswith(f"{QUEUE}?o=1#row-0")
    plain.get_by_role("button", name="Undo").click()
    assert status_of(one) == "pending"
    row = row_of(plain, two)
    row.get_by_text("Reply").click()
    row.locator("textarea").fill("An answer.")
    row.get_by_role("button", name="Approve and answer").click()
    row = row_of(plain, three)
    row.get_by_text("More").click()
    row.get_by_role("button", name="Lock discussion").click()
    row_of(plain, one).get_by_role("checkbox").check()
    plain.get_by_role("button", name="Trash", exact=True).first.click()

    assert status_of(one) == "removed"
    assert status_of(two) == "approved"
    assert Comment.objects.get(parent=two).body == "An answer."
    assert Comment.objects.get(pk=three.pk).post.discussion.locked_at


def test_long_text_is_shown_whole_on_wish(plain):
    make_comment(status=Status.PENDING, body="A line.\n\n" * 60 + "The end.")
    plain.goto(QUEUE)
    text = plain.locator(".queue-text")
    before = text.bounding_box()["height"]

    plain.get_by_text("Show all").click()

    assert text.bounding_box()["height"] > before * 2


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("width", [360, 1440])
def test_queue_is_accessible_and_fits_the_screen(browser, live_site, width, dark):
    parent = make_comment(body="What about leap seconds?")
    make_comment(
        parent=parent,
        status=Status.PENDING,
        name="N" * 120,
        site="https://example.org/" + "x" * 400,
        reason=reasons.LOOKS_LIKE_SPAM,
        score=0.9,
        evidence=[{"what": "link to pills.example", "spam": 0.9}, {"what": "jitter", "spam": 0.1}],
        address_key="a" * 32,
        body="Long" * 200
        + "\n\n```python\nprint('"
        + "x" * 300
        + "')\n```\n\n- a list\n\n> quoted",
    )
    make_comment(status=Status.PENDING, body="A line.\n\n" * 40)
    scheme = "dark" if dark else "light"
    viewport = {"width": width, "height": 900}
    context = browser.new_context(base_url=live_site, viewport=viewport, color_scheme=scheme)
    page = context.new_page()
    sign_in(page, live_site, make_user(is_staff=True, is_superuser=True))
    found = {}

    for url in [QUEUE, f"{QUEUE}?who=guest", f"{QUEUE}{parent.pk + 1}/change/"]:
        page.goto(url)
        for box in page.locator("details.queue-other summary, details.queue-reply summary").all():
            box.click()
        page.wait_for_load_state()  # its style sheets as well
        violations = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        if violations:
            found[url] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations]
        wide = page.evaluate("document.documentElement.scrollWidth > innerWidth")
        if wide:
            found[url, "wide"] = page.evaluate("document.documentElement.scrollWidth")
    context.close()

    assert found == {}


def test_settings_about_comments_are_one_form_with_nothing_to_add(page, live_site):
    sign_in(page, live_site, make_user(is_staff=True, is_superuser=True))
    page.goto("/admin/posts/sitesettings/1/change/")
    page.wait_for_load_state("networkidle")

    assert page.get_by_label("Policy").filter(visible=True).count() == 1
    assert page.get_by_text("Add another").filter(visible=True).count() == 0
    page.get_by_label("Policy").first.select_option("held")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_text("changed successfully").wait_for()
