"""The form of a comment in a real browser: preview, drafts, sending, and what went wrong."""

import re

import pytest
from playwright.sync_api import expect

from comments.models import Comment
from comments.tests.factories import make_comment
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)


def open_form(page):
    post = make_post()
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    return post


def text_field(page):
    return page.locator("[data-comment-text]")


def fill_in(page, text="A word.", name="Ada", email="ada@example.org"):
    text_field(page).fill(text)
    page.locator("#comment-write-name").fill(name)
    page.locator("#comment-write-email").fill(email)


def send(page):
    page.get_by_role("button", name="Send your comment").click()


# --- Preview ---------------------------------------------------------------------


def test_preview_shows_the_text_as_it_will_look(page):
    open_form(page)
    preview = page.locator("[data-preview]")
    expect(preview).not_to_be_visible()

    text_field(page).fill("**bold** and\n\n```python\nx = 1\n```\n")

    expect(preview.locator("strong")).to_have_text("bold")
    expect(preview.locator("figure.code")).to_contain_text("x = 1")
    assert not Comment.objects.exists()


def test_preview_is_gone_when_nothing_is_typed(page):
    open_form(page)
    text_field(page).fill("Something")
    expect(page.locator("[data-preview]")).to_be_visible()

    text_field(page).fill("   ")

    expect(page.locator("[data-preview]")).not_to_be_visible()


def test_preview_runs_nothing_that_was_typed(page):
    open_form(page)
    page.evaluate("window.ran = false")

    text_field(page).fill("<img src=x onerror='window.ran = true'> <script>ran = true</script> end")

    expect(page.locator("[data-preview]")).to_contain_text("end")
    assert page.evaluate("window.ran") is False


def test_preview_that_fails_is_quiet(page):
    open_form(page)
    text_field(page).fill("First")
    expect(page.locator("[data-preview]")).to_be_visible()
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route("**/comments/preview/", lambda route: route.abort())

    text_field(page).fill("Second")

    expect(page.locator("[data-preview]")).not_to_be_visible()
    assert errors == []


def test_preview_never_shows_an_older_text_over_a_newer_one(page):
    open_form(page)
    held = []
    page.route("**/comments/preview/", lambda route: held.append(route), times=1)
    with page.expect_request("**/comments/preview/"):
        text_field(page).fill("older")

    text_field(page).fill("newer")

    expect(page.locator("[data-preview] p").last).to_have_text("newer")
    assert len(held) == 1  # it was never answered, and nobody waits for it


# --- Drafts ----------------------------------------------------------------------


def test_draft_survives_a_reload(page):
    open_form(page)
    fill_in(page, "Half a thought")

    page.reload(wait_until="networkidle")

    expect(text_field(page)).to_have_value("Half a thought")
    expect(page.locator(".form-note[role=status]")).to_have_text("Restored what you had typed.")


def test_draft_survives_leaving_and_coming_back_and_holds_no_email(page):
    post = open_form(page)
    fill_in(page, "Half a thought")
    page.goto("/")
    assert "ada@example.org" not in page.evaluate("JSON.stringify([sessionStorage, localStorage])")

    page.goto(post.get_absolute_url(), wait_until="networkidle")

    expect(text_field(page)).to_have_value("Half a thought")
    expect(page.locator("#comment-write-name")).to_have_value("Ada")
    expect(page.locator("#comment-write-email")).to_have_value("")


def test_draft_of_an_answer_is_restored_below_its_comment(page):
    comment = make_comment()
    page.goto(comment.post.get_absolute_url(), wait_until="networkidle")
    page.locator("a[data-reply]").click()
    text_field(page).fill("Half an answer")
    page.goto("/")

    page.goto(comment.post.get_absolute_url(), wait_until="networkidle")

    restored = page.locator(f"#comment-{comment.pk} + .write [data-comment-text]")
    expect(restored).to_have_value("Half an answer")
    expect(restored).not_to_be_focused()


def test_draft_belongs_to_one_post(page):
    open_form(page)
    text_field(page).fill("Half a thought")

    open_form(page)

    expect(text_field(page)).to_have_value("")


def test_draft_is_gone_once_it_was_sent(page):
    post = open_form(page)
    fill_in(page, "All of it.")
    send(page)
    expect(page.locator(".comment-waiting")).to_contain_text("All of it.")
    page.wait_for_load_state("networkidle")

    page.goto(post.get_absolute_url(), wait_until="networkidle")

    expect(page.locator(".comment-waiting")).to_be_visible()
    expect(text_field(page)).to_have_value("")
    assert page.evaluate("sessionStorage.length") == 0


def test_draft_is_kept_when_sending_fails(page):
    post = open_form(page)
    fill_in(page, "Not lost")
    page.route("**/comments/", lambda route: route.abort())
    with page.expect_event("requestfailed"):
        send(page)
    page.wait_for_url("chrome-error://**")
    page.unroute("**/comments/")

    page.goto(post.get_absolute_url(), wait_until="networkidle")

    expect(text_field(page)).to_have_value("Not lost")


def test_changes_to_a_comment_survive_a_reload(page):
    open_form(page)
    fill_in(page, "First words")
    send(page)
    page.locator(".comment-edit").click()
    page.wait_for_load_state("networkidle")
    expect(text_field(page)).to_have_value("First words")
    text_field(page).fill("Better words")

    page.reload(wait_until="networkidle")

    expect(text_field(page)).to_have_value("Better words")


# --- Sending ---------------------------------------------------------------------


def test_second_click_sends_nothing(page):
    open_form(page)
    fill_in(page)
    sent = []

    def answer_nothing(route):
        sent.append(route.request)
        route.fulfill(status=204)  # the page stays, as it does while an answer is on its way

    page.route("**/comments/", answer_nothing)
    button = page.locator(".button-main")

    button.click()
    expect(button).to_be_disabled()
    button.evaluate("button => button.click()")
    page.wait_for_timeout(100)

    assert len(sent) == 1


def test_button_works_again_on_a_page_that_comes_back(page):
    open_form(page)
    button = page.get_by_role("button", name="Send your comment")
    page.evaluate("document.querySelector('.button-main').disabled = true")

    page.evaluate("dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")

    expect(button).to_be_enabled()


def test_button_for_a_preview_still_says_that_it_was_pressed(page):
    open_form(page)
    text_field(page).fill("*Look*")

    page.get_by_role("button", name="Preview").click()

    expect(page.locator("#comment-write-preview em")).to_have_text("Look")
    assert not Comment.objects.exists()


# --- What went wrong -------------------------------------------------------------


@pytest.mark.parametrize("script", [True, False], ids=["script", "no-script"])
def test_errors_have_the_focus_and_stand_beside_their_fields(browser, live_site, script):
    post = make_post()
    context = browser.new_context(base_url=live_site, java_script_enabled=script)
    page = context.new_page()
    page.goto(post.get_absolute_url())
    # Past the checks of the browser, as a program or an old browser would.
    page.locator("[data-comment-text]").fill("Kept")
    page.locator("#comment-write-name").fill(" ")
    page.locator("#comment-write-email").fill("ada@example")

    page.get_by_role("button", name="Send your comment").click()

    summary = page.locator("[data-form-trouble]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(page.locator("[data-comment-text]")).to_have_value("Kept")
    for name in ["name", "email"]:
        field = page.locator(f"#comment-write-{name}")
        expect(field).to_have_attribute("aria-invalid", "true")
        described = field.get_attribute("aria-describedby").split()
        assert any(page.locator(f"[id='{one}'].errorlist").count() for one in described)
    summary.get_by_role("link", name="Name").click()
    expect(page.locator("#comment-write-name")).to_be_focused()
    context.close()


def test_trap_is_met_by_nobody(page):
    open_form(page)
    trap = page.locator(".trap input")

    text_field(page).focus()
    reached = set()
    for _press in range(12):
        page.keyboard.press("Shift+Tab")
        reached.add(page.evaluate("document.activeElement.name ?? ''"))

    expect(trap).not_to_be_visible()
    assert trap.get_attribute("name") not in reached
    assert "Leave this empty" not in page.locator(".write").aria_snapshot()


def test_guest_writes_changes_and_withdraws_without_script(browser, live_site):
    post = make_post()
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto(post.get_absolute_url())
    fill_in(page, "First words")
    page.get_by_role("button", name="Send your comment").click()
    expect(page).to_have_url(re.compile(r"#comment-\d+$"))
    expect(page.locator(".comment-waiting")).to_contain_text("First words")

    page.locator(".comment-edit").click()
    text_field(page).fill("Better words")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".comment-waiting")).to_contain_text("Better words")

    page.locator(".comment-delete").click()
    page.get_by_role("button", name="Delete this comment").click()
    expect(page.locator(".comment")).to_have_count(0)
    context.close()
