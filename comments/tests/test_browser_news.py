"""New comments are announced on an open page and brought in without a reload."""

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from comments import moderation
from comments.models import Status
from comments.reasons import MODERATOR
from comments.tests.factories import make_comment
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)

STATE = "**/state.json"


@pytest.fixture
def post(page):
    """A post with one comment, open in a browser whose clock the test moves."""
    cache.clear()
    post = make_post()
    make_comment(post, name="Ada", body="First.")
    open_page(page, post.get_absolute_url())
    return post


def open_page(page, address):
    page.clock.install()
    page.goto(address, wait_until="networkidle")
    page.evaluate("window.isSamePage = true")


def pass_seconds(page, seconds):
    """Let the page believe that so much time has gone by, after which it asks; gives the status."""
    cache.clear()  # the answer about news may be some seconds old otherwise
    with page.expect_response(STATE) as answered:
        page.clock.run_for(seconds * 1000)
    page.wait_for_timeout(250)  # the page reads the answer, and plans when to ask again
    return answered.value.status


def news(page):
    return page.locator(".news")


def test_new_comments_are_announced_and_shown_without_a_reload(page, post):
    make_comment(post, name="Bo", body="Second.")
    newest = make_comment(post, name="Cy", body="Third.")
    expect(news(page)).to_have_text("")
    expect(news(page)).to_have_attribute("role", "status")

    pass_seconds(page, 21)
    news(page).get_by_role("button", name="2 new comments – show").click()

    expect(page.locator(f"#comment-{newest.pk}")).to_contain_text("Third.")
    expect(page.locator("[data-comments-title]")).to_have_text("3 comments")
    expect(page.locator(".comment-new")).to_have_count(2)
    expect(page.locator(".comment-new .comment-mark-new")).to_have_text(["New", "New"])
    expect(page.locator(".comment-new").first).to_be_focused()
    expect(news(page)).to_have_text("")
    assert page.evaluate("window.isSamePage")


def test_comment_that_a_moderator_approves_is_announced(page, post):
    waiting = make_comment(post, name="Bo", status=Status.PENDING)
    pass_seconds(page, 21)
    expect(news(page)).to_have_text("")

    moderation.approve([waiting], None, reason=MODERATOR)
    pass_seconds(page, 31)

    expect(news(page).get_by_role("button")).to_have_text("1 new comment – show")


def test_new_comment_in_place_of_a_removed_one_is_announced(page, post):
    moderation.remove([post.comments.get()], None, reason=MODERATOR)
    make_comment(post, name="Bo")

    pass_seconds(page, 21)

    expect(news(page).get_by_role("button")).to_have_text("1 new comment – show")


def test_new_answer_appears_in_its_thread_and_unfolds_it(page, post):
    first = post.comments.get()
    make_comment(parent=first, name="Bo", body="An answer.")
    page.reload(wait_until="networkidle")
    page.locator(".answers-label").click()
    answer = make_comment(parent=first, name="Cy", body="Another answer.")

    pass_seconds(page, 21)
    news(page).get_by_role("button").click()

    expect(page.locator(f"#comment-{answer.pk}")).to_be_visible()
    expect(page.locator(f"#comment-{answer.pk}")).to_be_focused()


def test_folded_threads_stay_folded(page, post):
    make_comment(parent=post.comments.get(), name="Bo", body="An answer.")
    page.reload(wait_until="networkidle")
    page.locator(".answers-label").click()
    make_comment(post, name="Cy", body="Elsewhere.")

    pass_seconds(page, 21)
    news(page).get_by_role("button").click()

    expect(page.locator(".comment-new")).to_contain_text("Elsewhere.")
    expect(page.get_by_text("An answer.")).not_to_be_visible()


def test_open_answer_and_its_text_stay_where_they_are(page, post):
    first = post.comments.get()
    page.locator("a[data-reply]").click()
    page.locator("[data-comment-text]").fill("Half an answer")
    make_comment(post, name="Bo")

    pass_seconds(page, 21)
    news(page).get_by_role("button").click()

    expect(page.locator(".comment-new")).to_be_focused()
    expect(page.locator(f"#comment-{first.pk} + .write [data-comment-text]")).to_have_value(
        "Half an answer"
    )
    assert page.locator("input[name=parent]").input_value() == str(first.pk)


def test_code_that_came_in_can_be_copied_too(page, post):
    make_comment(post, name="Bo", body="```python\nx = 1\n```")

    pass_seconds(page, 21)
    news(page).get_by_role("button").click()

    expect(page.locator(".comment-new .code-copy")).to_have_count(1)


def test_news_work_with_the_keyboard_alone(page, post):
    make_comment(post, name="Bo")
    pass_seconds(page, 21)

    news(page).get_by_role("button").focus()
    page.keyboard.press("Enter")

    expect(page.locator(".comment-new")).to_be_focused()


def test_page_asks_less_often_with_time_and_not_while_it_is_hidden(page, post):
    asked, answered = [], []
    page.on("request", lambda request: asked.append(1) if "state.json" in request.url else None)
    page.on("response", lambda answer: answered.append(1) if "state.json" in answer.url else None)

    def all_answered():
        return len(answered) == len(asked)

    pass_minutes(page, 10, all_answered)
    early = len(asked)
    pass_minutes(page, 10, all_answered)
    late = len(asked) - early
    set_hidden(page, True)
    pass_minutes(page, 10, all_answered)
    hidden = len(asked) - early - late
    with page.expect_request(STATE):
        set_hidden(page, False)

    assert early > late > 0
    assert hidden == 0


def pass_minutes(page, minutes, is_settled=lambda: True):
    """In steps, so that what is answered in real time can be planned on."""
    for _step in range(minutes * 2):
        page.clock.run_for(30_000)
        page.wait_for_timeout(10)
        while not is_settled():
            page.wait_for_timeout(10)


def set_hidden(page, hidden):
    page.evaluate(
        "hidden => { Object.defineProperty(document, 'hidden', {value: hidden, configurable: true});"
        " document.dispatchEvent(new Event('visibilitychange')); }",
        hidden,
    )


def test_unchanged_state_costs_no_body(page, post):
    first = pass_seconds(page, 21)
    second = pass_seconds(page, 31)
    make_comment(post)
    third = pass_seconds(page, 40)

    assert (first, second, third) == (200, 304, 200)


def test_page_of_a_post_that_is_gone_asks_no_more(page, post):
    post.published_at = None
    post.save()
    assert pass_seconds(page, 21) == 404
    asked = []
    page.on("request", lambda request: asked.append(request.url))

    pass_minutes(page, 5)

    assert [url for url in asked if "state.json" in url] == []


def test_failure_is_quiet_and_the_next_time_works(page, post):
    errors = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.route(STATE, lambda route: route.abort(), times=1)
    make_comment(post, name="Bo")
    with page.expect_event("requestfailed"):
        page.clock.run_for(21_000)
    expect(news(page)).to_have_text("")

    pass_seconds(page, 31)

    expect(news(page).get_by_role("button")).to_be_visible()
    assert errors == []


def test_new_comment_on_another_page_is_led_to(page):
    cache.clear()
    post = make_post()
    for _number in range(101):
        make_comment(post)
    open_page(page, post.get_absolute_url())
    make_comment(post, body="On the last page.")

    pass_seconds(page, 21)
    news(page).get_by_role("button").click()
    news(page).get_by_role("link").click()

    expect(page.locator(".comment").first).to_contain_text("On the last page.")
