"""Every page about comments in a real browser: accessible, within the screen, with room to touch."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from accounts.models import User
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.letters import approved_comment, mails, make_subscription, stop_path
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
ENDLESS = "an_identifier_without_any_place_to_break_" * 4
WIDE_TABLE = "|" + " column |" * 9 + "\n|" + "---|" * 9 + "\n|" + " cell |" * 9
TOUCH = 44  # pixels, from LOOK
THREAD_PARTS = {
    "Ada Quill": f"Text with `code`.\n\n```python\n{ENDLESS * 2} = 1\n```\n\n{WIDE_TABLE}",
    "ليلى حداد": "شكرا على هذا المقال المفيد.\n\n- أولا\n- ثانيا",
    ENDLESS[:120]: f"https://example.org/{ENDLESS} {ENDLESS}",
    "\N{PARTY POPPER}" * 60: "\N{PARTY POPPER}" * 120,
    "Deep": "> quoted\n\nLevel five.",
    "Deeper": "Level six, beside the one that it answers.",
}


@pytest.fixture
def post():
    """A post with a thread of every kind of comment, deeper than it is drawn."""
    author = User.objects.create_user(email="a@example.org", handle="author", password=None)
    staff = User.objects.create_user(
        email="s@example.org", handle="staff", password=None, is_staff=True
    )
    post = make_post(authors=[author])
    parent = None
    for name, body in THREAD_PARTS.items():
        parent = make_comment(post, parent=parent, name=name, body=body)
    make_comment(parent=parent, member=author)
    make_comment(post, member=staff)
    removed = make_comment(post, body="Gone.")
    make_comment(parent=removed, body="An answer to what is gone.")
    Comment.objects.filter(pk=removed.pk).update(status=Status.REMOVED)
    make_comment(post, kind=Comment.Kind.PINGBACK, site="https://elsewhere.example/")
    return post


def write_comment(page, post, text="Waiting words."):
    page.goto(post.get_absolute_url())
    page.locator("[data-comment-text]").fill(text)
    page.locator("#comment-write-name").fill("Ada")
    page.locator("#comment-write-email").fill("ada@example.org")
    page.get_by_role("button", name="Send your comment").click()
    expect(page.locator(".comment-waiting")).to_be_visible()


def open_errors(page, post):
    page.goto(post.get_absolute_url())
    page.locator("[data-comment-form]").evaluate("form => { form.noValidate = true; }")
    page.get_by_role("button", name="Send your comment").click()
    expect(page.locator("[data-form-trouble]")).to_be_visible()


def open_preview(page, post):
    page.goto(post.get_absolute_url())
    page.locator("[data-comment-text]").fill("*Look* `here`")
    page.get_by_role("button", name="Preview").click()
    expect(page.locator("#comment-write-preview")).to_be_visible()


def visit_all(page, post):
    """Open each page in turn; gives its name while it is open."""
    write_comment(page, post)
    yield "post with threads, one waiting, and form"
    edit = page.locator(".comment-edit").get_attribute("href")
    delete = page.locator(".comment-delete").get_attribute("href")
    page.goto(f"{post.get_absolute_url()}comments/?reply={post.comments.first().pk}#comment-write")
    yield "answer"
    page.goto(edit)
    yield "edit"
    page.goto(delete)
    yield "delete"
    open_errors(page, post)
    yield "errors"
    open_preview(page, post)
    yield "preview"
    make_subscription(post, "reader@example.org")
    approved_comment(post)
    stop = stop_path(mails("reader@example.org")[0])
    page.goto(stop)
    yield "stop"
    page.get_by_role("button").last.click()
    yield "stopped"
    page.goto("/comments/received/")
    yield "received"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(page, post, scheme):
    page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    found = {}

    for name in visit_all(page, post):
        page.wait_for_load_state("networkidle")
        violations = Axe().run(page, options={"runOnly": WCAG}).response["violations"]
        for violation in violations:
            nodes = [node["html"][:160] for node in violation["nodes"][:3]]
            found[f"{name}: {violation['id']}"] = nodes

    assert found == {}


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
def test_nothing_scrolls_sideways(page, post, width):
    page.set_viewport_size({"width": width, "height": 800})
    wide = {}

    for name in visit_all(page, post):
        page.wait_for_load_state("networkidle")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            wide[name] = page.evaluate("document.documentElement.scrollWidth")

    assert wide == {}


def test_deepest_comment_keeps_room_for_words_on_a_phone(page, post):
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(post.get_absolute_url())

    text = page.locator(".thread-level-4 .comment-text").first

    assert text.bounding_box()["width"] >= 220


def test_names_stay_beside_their_marks_in_any_direction(page, post):
    page.goto(post.get_absolute_url())

    directions = page.locator(".comment-text p").evaluate_all(
        "all => all.map(one => getComputedStyle(one).direction)"
    )

    assert set(directions) == {"ltr", "rtl"}


@pytest.mark.parametrize("folds", [True, False])
def test_answers_fold_with_the_keyboard(page, post, folds):
    page.goto(post.get_absolute_url())
    label = page.locator(".answers-label").first
    below = page.locator(".thread-level-1 .comment").first

    label.focus()
    page.keyboard.press("Enter")
    if not folds:
        page.keyboard.press("Enter")

    assert below.is_visible() is not folds


def test_actions_have_room_for_a_finger(browser, live_site, post):
    context = browser.new_context(
        base_url=live_site, has_touch=True, is_mobile=True, viewport={"width": 360, "height": 780}
    )
    page = context.new_page()
    page.goto(post.get_absolute_url())

    for action in [
        ".answers-label",
        ".comment-reply",
        ".comments-order a",
        ".write .button",
        ".form-check label",
    ]:
        for box in [one.bounding_box() for one in page.locator(action).all()]:
            assert min(box["width"], box["height"]) >= TOUCH, action
    context.close()


def test_comment_that_a_link_names_stands_out(page, post):
    comment = post.comments.first()
    page.goto(comment.get_absolute_url())
    tint = "one => getComputedStyle(one).backgroundColor"

    assert page.locator(f"#comment-{comment.pk}").evaluate(tint) != page.locator(
        ".comment:not(:target)"
    ).first.evaluate(tint)
    expect(page.locator(f"#comment-{comment.pk}")).to_be_in_viewport()


def test_discussion_reads_whole_without_script(browser, live_site, post):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto(post.get_absolute_url())

    for words in ["Level five.", "Level six", "An answer to what is gone.", "was removed"]:
        expect(page.get_by_text(words).first).to_be_visible()
    expect(page.locator(".news")).to_have_count(0)
    context.close()
