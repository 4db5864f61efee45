"""A guest writes, changes and withdraws in a real browser, with script and without."""

import pytest

from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.writing import set_rules
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def window(request, browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=request.param)
    yield context.new_page()
    context.close()


def fill_in(window, **typed):
    for name, value in typed.items():
        window.locator(f".comment-form [name={name}]").fill(value)


def press(window, label):
    window.get_by_role("button", name=label, exact=True).click()


def test_guest_writes_changes_and_withdraws(window):
    post = make_post()
    window.goto(post.get_absolute_url())

    assert not window.get_by_label("Leave this empty").is_visible()
    fill_in(window, body="My first words.", name="Ada", email="ada@example.org")
    window.wait_for_timeout(3_100)  # nobody types faster than that
    press(window, "Send your comment")
    comment = Comment.objects.get()
    assert window.url.endswith(f"#comment-{comment.pk}")
    assert window.locator(f"#comment-{comment.pk}").get_by_text("My first words.").is_visible()
    assert window.get_by_text("Awaiting moderation").is_visible()
    assert (comment.status, comment.reason) == ("pending", "first_comment")

    window.get_by_role("link", name="Edit").click()
    window.locator("[name=body]").fill("My second words.")
    press(window, "Save")
    assert window.get_by_text("My second words.").is_visible()

    window.get_by_role("link", name="Delete").click()
    press(window, "Delete this comment")
    assert window.url.endswith("#comments")
    assert Comment.objects.get().status == "removed"


def test_answer_goes_to_whom_it_is_for(window):
    set_rules(policy="open")
    comment = make_comment(name="Grace")
    window.goto(comment.post.get_absolute_url())

    window.get_by_role("link", name="Reply to Grace").click()
    fill_in(window, body="An answer.", name="Ada", email="ada@example.org")
    press(window, "Send your answer")

    window.get_by_text("An answer.").wait_for()
    assert Comment.objects.get(body="An answer.").parent == comment


def test_wrong_form_shows_what_is_wrong(window):
    window.goto(make_post().get_absolute_url())

    # As the address is for a person, it passes for the browser, and only then for the site.
    fill_in(window, body="Kept text.", name="Ada", email="ada@example")
    press(window, "Send your comment")

    window.get_by_role("alert").wait_for()
    assert window.locator("[name=body]").input_value() == "Kept text."
    assert not Comment.objects.exists()
