"""An author changes and withdraws a comment."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Decision, Discussion, Standing
from comments.tests.factories import make_comment
from comments.tests.writing import (
    HERE,
    form_on,
    page_of,
    said_on,
    send,
    send_as_member,
    set_rules,
)
from comments.writing.guests import EDIT_WINDOW
from posts import trash
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def edit(client, comment, body="Other words.", headers=HERE, **more):
    return client.post(f"/comments/{comment.pk}/edit/", {"body": body, **more}, headers=headers)


def delete(client, comment, headers=HERE):
    return client.post(f"/comments/{comment.pk}/delete/", headers=headers)


def approve(comment, reason="moderator"):
    moderation.approve([comment], make_user(), reason=reason)


def let_time_pass(comment, minutes=0):
    """The author's time is over, or all but over."""
    written_at = timezone.now() - EDIT_WINDOW + timedelta(minutes=minutes)
    Comment.objects.filter(pk=comment.pk).update(created_at=written_at)


# --- Changing ---------------------------------------------------------------------


def test_author_changes_what_waits(client, mine):
    page = client.get(f"/comments/{mine.pk}/edit/")

    response = edit(client, mine, "The *better* words.")

    mine.refresh_from_db()
    assert form_on(page) == {"body": "The first words."}
    assert page["Cache-Control"] == "private, no-store"
    assert (response.status_code, response["Location"]) == (303, mine.get_absolute_url())
    assert (mine.body, mine.status, mine.reason) == (
        "The *better* words.",
        "pending",
        "first_comment",
    )
    assert "<em>better</em>" in mine.body_html
    assert mine.edited_at


def test_change_of_what_a_moderator_approved_waits_again(client, mine):
    approve(mine)

    edit(client, mine, "Now buy this.")

    mine.refresh_from_db()
    assert (mine.status, mine.reason) == ("pending", "edited")
    assert Discussion.objects.get().approved_count == 0
    assert "Now buy this." not in said_on(Client().get(mine.post.get_absolute_url()))
    assert Decision.objects.filter(was="approved", became="pending", via="site").count() == 1


def test_change_by_a_known_person_shows_at_once(client):
    set_rules(policy="open")
    post = make_post()
    send(client, post)
    comment = Comment.objects.get()
    before = Discussion.objects.get().changed_at

    edit(client, comment, "Other words.")

    assert Comment.objects.get().status == "approved"
    assert Discussion.objects.get().changed_at > before
    assert "Other words." in said_on(Client().get(post.get_absolute_url()))
    assert page_of(Client().get(post.get_absolute_url())).find_class("comment-edited")


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"blocked_words": "casino"}, ("spam", "blocked_word")),
        ({"blocked_addresses": "bad.example"}, ("spam", "blocked_address")),
        ({"max_links": 1}, ("pending", "edited")),
    ],
)
def test_change_is_judged_like_a_new_comment(client, rules, expected):
    set_rules(policy="open", **rules)
    send(client, make_post())
    comment = Comment.objects.get()

    edit(client, comment, "casino https://bad.example https://b.example")

    comment.refresh_from_db()
    assert (comment.status, comment.reason) == expected


def test_ban_holds_for_changes(client, mine):
    Standing.objects.create(of="email", value=mine.email, verdict="banned")

    response = edit(client, mine)

    mine.refresh_from_db()
    assert (mine.status, mine.reason) == ("spam", "banned")
    assert response["Location"] == mine.get_absolute_url()


def test_nothing_that_waits_is_approved_by_a_change(client, mine):
    set_rules(policy="open")

    edit(client, mine)

    assert Comment.objects.get().status == "pending"


def test_same_words_change_nothing(client, mine):
    approve(mine)

    edit(client, mine, "The first words.\r\n")

    mine.refresh_from_db()
    assert (mine.status, mine.edited_at) == ("approved", None)


@pytest.mark.parametrize("body", ["", "x" * 10_001, "a\0"])
def test_wrong_text_comes_back(client, mine, body):
    response = edit(client, mine, body)

    assert response.status_code == 422
    assert form_on(response)["body"].replace("\ufffd", "") == body.replace("\0", "")
    assert page_of(response).xpath("//ul[@id='comment-write-body_error']/li")
    assert Comment.objects.get().body == "The first words."


def test_change_can_be_looked_at_before(client, mine):
    response = edit(client, mine, "Some **bold** words.", preview="1")

    [preview] = page_of(response).find_class("comment-preview-now")
    assert preview.xpath(".//strong")
    assert form_on(response)["body"] == "Some **bold** words."
    assert Comment.objects.get().body == "The first words."


def test_changed_words_may_be_sent_as_a_comment_of_their_own(client, mine):
    edit(client, mine)

    send(client, mine.post, body="The first words.")

    assert Comment.objects.count() == 2


# --- Withdrawing ------------------------------------------------------------------


def test_author_withdraws_a_comment(client, mine):
    approve(mine)
    page = client.get(f"/comments/{mine.pk}/delete/")

    response = delete(client, mine)

    mine.refresh_from_db()
    assert "The first words." in said_on(page) and "you cannot bring it back" in said_on(page)
    assert response["Location"] == f"{mine.post.get_absolute_url()}#comments"
    assert (mine.status, mine.reason) == ("removed", "author")
    assert Discussion.objects.get().approved_count == 0
    assert Decision.objects.filter(became="removed", via="author").count() == 1
    assert client.get(f"/comments/{mine.pk}/edit/").status_code == 404


def test_withdrawn_comment_with_answers_leaves_a_stub(client, mine):
    approve(mine)
    make_comment(parent=mine, body="An answer.")

    delete(client, mine)

    words = said_on(Client().get(mine.post.get_absolute_url()))
    assert "An answer." in words and "The first words." not in words
    assert "This comment was removed." in words


def test_withdrawn_words_can_be_sent_again(client, mine):
    delete(client, mine)

    send(client, mine.post, body="The first words.")

    statuses = Comment.objects.order_by("pk").values_list("status", flat=True)
    assert list(statuses) == ["removed", "pending"]


def test_looking_at_the_pages_changes_nothing(client, mine):
    for page in ["edit", "delete"]:
        client.get(f"/comments/{mine.pk}/{page}/")

    mine.refresh_from_db()
    assert (mine.body, mine.status) == ("The first words.", "pending")


# --- Who, and until when ----------------------------------------------------------


@pytest.mark.parametrize("page", ["edit", "delete"])
def test_to_others_there_is_nothing(mine, page):
    member = Client()
    member.force_login(make_user(is_staff=True))

    for other in [Client(), member]:
        for method in [other.get, other.post]:
            response = method(f"/comments/{mine.pk}/{page}/", headers=HERE)
            assert response.status_code == 404
            assert "first words" not in response.content.decode()
    assert Client().get(f"/comments/{2**62}/{page}/").status_code == 404
    assert Client().get(f"/comments/{10**30}/{page}/").status_code == 404


@pytest.mark.parametrize("status", ["spam", "removed"])
def test_what_a_moderator_took_off_is_closed_to_its_author(client, mine, status):
    moderation.decide([mine], status, make_user())

    assert edit(client, mine).status_code == 404
    assert delete(client, mine).status_code == 404


def test_time_ends(client):
    member = make_user()
    client.force_login(member)
    comment = make_comment(member=member, body="Old words.")

    let_time_pass(comment, minutes=1)
    in_time = client.get(f"/comments/{comment.pk}/edit/")
    let_time_pass(comment)
    answers = [edit(client, comment, "Kept text."), delete(client, comment)]

    assert in_time.status_code == 200
    assert [answer.status_code for answer in answers] == [403, 403]
    assert "That time is over." in said_on(answers[0])
    assert page_of(answers[0]).get_element_by_id("comment-write-kept").text.strip() == "Kept text."
    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Old words.", "approved")


def test_comment_goes_with_its_post(client, mine):
    trash.move_to_trash(mine.post, by=None)

    assert edit(client, mine).status_code == 404


# --- From where -------------------------------------------------------------------


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "null"}])
def test_other_sites_cannot_act_for_the_author(client, mine, headers):
    changed = edit(client, mine, "Kept text.", headers=headers)
    deleted = delete(client, mine, headers=headers)

    assert (changed.status_code, deleted.status_code) == (403, 403)
    assert form_on(changed)["body"] == "Kept text."
    mine.refresh_from_db()
    assert (mine.body, mine.status) == ("The first words.", "pending")


def test_member_needs_the_token_of_the_session():
    member = make_user()
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    send_as_member(client, make_post())
    comment = Comment.objects.get()

    refused = edit(client, comment, "Kept text.")
    again = client.post(f"/comments/{comment.pk}/edit/", form_on(refused), headers=HERE)
    not_deleted = delete(client, comment)

    assert (refused.status_code, again.status_code, not_deleted.status_code) == (403, 303, 403)
    assert Comment.objects.get().body == "Kept text."
    deleted = client.post(f"/comments/{comment.pk}/delete/", form_on(not_deleted), headers=HERE)
    assert deleted.status_code == 303


def test_signed_in_guest_may_still_change_what_they_wrote_before(client, mine):
    client.force_login(make_user())

    page = client.get(f"/comments/{mine.pk}/edit/")

    assert set(form_on(page)) == {"csrfmiddlewaretoken", "body"}
