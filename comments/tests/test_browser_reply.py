"""Answering a comment in its place, in a real browser."""

import re

import pytest
from playwright.sync_api import expect

from comments.tests.factories import make_comment
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def discussion(page):
    """Two comments under a post, open in a browser with its scripts."""
    post = make_post()
    first = make_comment(post, name="Ada Quill")
    second = make_comment(post, name="Bo Ink")
    page.goto(post.get_absolute_url(), wait_until="networkidle")
    return first, second


def reply_link(page, comment):
    return page.locator(f"a[data-reply='{comment.pk}']")


def text_field(page):
    return page.locator("[data-comment-text]")


def test_reply_brings_the_form_below_the_comment(page, discussion):
    first, _second = discussion

    reply_link(page, first).click()

    below = page.locator(f"#comment-{first.pk} + .write")
    expect(below).to_be_visible()
    expect(below.locator(".write-title")).to_have_text("Your answer")
    expect(below.locator(".form-answering")).to_contain_text("In answer to Ada Quill")
    expect(text_field(page)).to_be_focused()
    assert page.locator("input[name=parent]").input_value() == str(first.pk)


def test_reply_keeps_what_was_typed_wherever_the_form_goes(page, discussion):
    first, second = discussion
    text_field(page).fill("Half a thought")

    reply_link(page, first).click()
    reply_link(page, second).click()

    expect(page.locator(f"#comment-{second.pk} + .write [data-comment-text]")).to_have_value(
        "Half a thought"
    )
    expect(page.locator("[data-comment-form]")).to_have_count(1)
    assert page.locator("input[name=parent]").input_value() == str(second.pk)


def test_cancel_takes_the_form_back_and_the_focus_to_the_link(page, discussion):
    first, _second = discussion
    reply_link(page, first).click()
    text_field(page).fill("Kept")

    page.get_by_role("button", name="Cancel").click()

    expect(page.locator(".comments > .write .write-title")).to_have_text("Write a comment")
    expect(text_field(page)).to_have_value("Kept")
    expect(reply_link(page, first)).to_be_focused()
    expect(page.get_by_role("button", name="Cancel")).to_have_count(0)
    assert page.locator("input[name=parent]").input_value() == ""


def test_reply_is_told_to_screen_readers(page, discussion):
    first, _second = discussion
    status = page.locator(".comments [role=status].sr-only")

    reply_link(page, first).click()
    expect(status).to_have_text("In answer to Ada Quill")

    page.get_by_role("button", name="Cancel").click()
    expect(status).to_have_text(re.compile("kept"))


def test_reply_works_with_the_keyboard_alone(page, discussion):
    first, _second = discussion

    reply_link(page, first).focus()
    page.keyboard.press("Enter")
    page.keyboard.type("Typed at once")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")

    expect(text_field(page)).to_have_value("Typed at once")
    expect(reply_link(page, first)).to_be_focused()


def test_answer_in_place_is_stored_below_its_comment(page, discussion):
    first, _second = discussion
    reply_link(page, first).click()
    text_field(page).fill("An answer.")
    page.locator("#comment-write-name").fill("Cy")
    page.locator("#comment-write-email").fill("cy@example.org")

    page.get_by_role("button", name="Send your answer").click()

    waiting = page.locator(f"li:has(> #comment-{first.pk}) .comment-waiting")
    expect(waiting).to_contain_text("An answer.")
    expect(waiting).to_contain_text("Awaiting moderation")


def test_page_for_one_answer_can_become_one_for_a_comment_of_its_own(page):
    comment = make_comment(name="Ada Quill")
    page.goto(f"{comment.post.get_absolute_url()}comments/?reply={comment.pk}#comment-write")
    page.wait_for_load_state("networkidle")
    text_field(page).fill("Kept")
    expect(page.locator("[data-form-parent]")).to_contain_text("Ada Quill")

    page.locator("[data-reply-cancel]").click()

    expect(page.locator("[data-form-parent]")).not_to_be_visible()
    expect(text_field(page)).to_have_value("Kept")
    assert page.locator("input[name=parent]").input_value() == ""


def test_without_script_reply_leads_to_a_page_with_the_form(browser, live_site):
    comment = make_comment(name="Ada Quill")
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    page = context.new_page()
    page.goto(comment.post.get_absolute_url())

    reply_link(page, comment).click()

    expect(page.locator("[data-form-parent]")).to_contain_text("In answer to Ada Quill")
    assert page.locator("input[name=parent]").input_value() == str(comment.pk)
    context.close()
