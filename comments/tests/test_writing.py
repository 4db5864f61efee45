"""Writing a comment under a post, through the page."""

import time

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from comments.forms import BODY_MAX_LENGTH
from comments.models import Comment, Discussion, Subscription
from comments.tests.factories import make_comment
from comments.tests.writing import (
    address_of,
    fields,
    form_on,
    page_of,
    said_on,
    send,
    send_as_member,
    set_rules,
    stamp_of,
)
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


# --- A guest ----------------------------------------------------------------------


def test_guest_writes_and_waits(client):
    post = make_post()

    response = send(client, post, body="A *first* word.", name="Ada", email="Ada@Example.org")

    [comment] = Comment.objects.all()
    assert (response.status_code, response["Location"]) == (303, comment.get_absolute_url())
    assert response["Cache-Control"] == "private, no-store"
    assert (comment.post, comment.name, comment.email) == (post, "Ada", "ada@example.org")
    assert (comment.body, comment.status) == ("A *first* word.", "pending")
    assert comment.writing_seconds in {60, 61}
    assert comment.address_key and comment.network_key


def test_guest_sees_what_waits_and_nobody_else_does(client):
    post = make_post()

    response = send(client, post, body="Only mine so far.")
    landed = client.get(response["Location"], follow=True)

    assert "Only mine so far." in said_on(landed)
    assert "Awaiting moderation" in said_on(landed)
    assert landed["Cache-Control"] == "private, no-store"
    assert "Only mine" not in said_on(Client().get(post.get_absolute_url()))
    assert Client().get(response["Location"]).status_code == 404


def test_page_for_guests_is_the_same_for_all_and_holds_nothing_of_anybody(client):
    post = make_post()

    first, second = client.get(post.get_absolute_url()), Client().get(post.get_absolute_url())

    stamp = form_on(first)["stamp"].encode()
    assert first.content.replace(stamp, b"") == second.content.replace(
        form_on(second)["stamp"].encode(), b""
    )
    assert not first.cookies and b"csrf" not in first.content
    assert first["Cache-Control"].startswith("public")
    assert "Cookie" not in first.get("Vary", "")


def test_page_is_unchanged_to_caches_while_only_its_stamp_differs(client, monkeypatch):
    post = make_post()
    first = client.get(post.get_absolute_url())
    now = time.time()

    monkeypatch.setattr(time, "time", lambda: now + 60)
    later = client.get(post.get_absolute_url())
    asked = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    monkeypatch.setattr(time, "time", lambda: now + 4 * 86_400)
    days_later = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})

    assert form_on(first)["stamp"] != form_on(later)["stamp"]
    assert (asked.status_code, days_later.status_code) == (304, 200)


def test_changed_page_is_changed_to_caches(client):
    post = make_post()
    first = client.get(post.get_absolute_url())

    make_comment(post=post)

    asked = client.get(post.get_absolute_url(), headers={"If-None-Match": first["ETag"]})
    assert asked.status_code == 200


def test_line_breaks_count_and_are_kept_as_one_sign(client):
    post = make_post()
    body = "a\r\n" * (BODY_MAX_LENGTH // 2 - 1) + "b"

    send(client, post, body=body)

    assert Comment.objects.get().body == body.replace("\r\n", "\n")


def test_indented_code_at_the_start_stays_code(client):
    send(client, make_post(), body="\r\n    x = 1\r\n")

    assert Comment.objects.get().body == "    x = 1"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Ada\r\nBcc: x@example.org", "Ada Bcc: x@example.org"),
        ("\u202egnp.exe", "gnp.exe"),
        ("آ\u200cدا", "آ\u200cدا"),  # a sign of no width that Persian needs
        ("<b>Ada</b>", "<b>Ada</b>"),
    ],
)
def test_name_stays_on_one_line(client, typed, stored):
    send(client, make_post(), name=typed)

    assert Comment.objects.get().name == stored


def test_site_without_scheme_gets_one(client):
    send(client, make_post(), site="example.org/ada")

    assert Comment.objects.get().site == "https://example.org/ada"


@pytest.mark.parametrize(
    "change",
    [
        {"name": ""},
        {"name": "\u200b\u3164"},
        {"name": "x" * 121},
        {"name": None},
        {"email": ""},
        {"email": "ada@"},
        {"email": "ada@example.org\nBcc: x@example.org"},
        {"email": f"{'x' * 250}@example.org"},
        {"site": "javascript:alert(1)"},
        {"site": "ftp://example.org"},
        {"site": "http://["},
        {"site": f"https://example.org/{'x' * 500}"},
        {"body": "Kept text." + "\0"},
        {"body": "Kept text." * (BODY_MAX_LENGTH // 10) + "x"},
        {"subscription": "everything"},
        {"stamp": ""},
        {"stamp": None},
        {"stamp": "1:forged"},
        {"stamp": stamp_of(seconds_ago=15 * 86_400)},
        {"parent": "999"},
        {"parent": "9" * 30},
        {"parent": "½"},
    ],
)
def test_wrong_form_comes_back_with_all_that_was_typed(client, change):
    post = make_post()
    sent = fields(**{"body": "Kept text.", "subscription": "thread", "remember": "on"} | change)

    response = client.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 422
    assert response["Cache-Control"] == "private, no-store"
    assert page_of(response).find_class("form-trouble")
    form = form_on(response)
    for name in {"body", "name", "email", "site", "remember"} & sent.keys():
        expected = sent[name].replace("\0", "").replace("\n", "")
        assert form.get(name, "").replace("\ufffd", "").replace("\n", "") == expected, name
    assert not Comment.objects.exists()


@pytest.mark.parametrize("body", ["", "   \n\n  ", None])
def test_empty_comment_is_asked_for_words(client, body):
    response = send(client, make_post(), body=body)

    assert response.status_code == 422
    assert "Please write something first." in said_on(response)


def test_trouble_is_said_in_a_summary_and_beside_the_field(client):
    response = send(client, make_post(), email="nonsense")

    page = page_of(response)
    [link] = page.xpath("//*[@role='alert']//a")
    assert page.get_element_by_id(link.get("href").removeprefix("#")).get("name") == "email"
    assert page.xpath("//input[@name='email']/@aria-invalid") == ["true"]
    [error] = page.xpath("//ul[@id='write-email_error']/li")
    assert "no complete e-mail" in error.text_content()


@pytest.mark.parametrize("stamp", ["", "1:forged", stamp_of(seconds_ago=15 * 86_400)])
def test_form_with_a_bad_stamp_can_be_sent_again_as_it_comes_back(client, stamp):
    post = make_post()

    again = form_on(send(client, post, stamp=stamp))
    response = client.post(address_of(post), again, headers={"Sec-Fetch-Site": "same-origin"})

    assert response.status_code == 303


def test_good_stamp_stays_when_the_form_comes_back(client):
    stamp = stamp_of(seconds_ago=100)

    response = send(client, make_post(), name="", stamp=stamp)

    assert form_on(response)["stamp"] == stamp


# --- Answers ----------------------------------------------------------------------


def test_answer_belongs_to_its_thread(client):
    first = make_comment()
    second = make_comment(parent=first)

    send(client, first.post, parent=str(second.pk))

    answer = Comment.objects.get(status="pending")
    assert (answer.parent, answer.thread, answer.depth) == (second, first, 2)


def test_reply_address_names_whom_one_answers(client):
    comment = make_comment(name="Grace", body="A **bold** claim.")

    response = client.get(f"{address_of(comment.post)}?reply={comment.pk}")

    assert form_on(response)["parent"] == str(comment.pk)
    [quote] = page_of(response).find_class("form-parent")
    assert "Grace" in quote.text_content() and "A bold claim." in quote.text_content()


@pytest.mark.parametrize("status", ["pending", "spam", "removed"])
def test_nobody_answers_what_readers_do_not_see(client, status):
    hidden = make_comment(status=status, body="A secret.")

    page = client.get(f"{address_of(hidden.post)}?reply={hidden.pk}")
    response = send(client, hidden.post, parent=str(hidden.pk))

    assert form_on(page)["parent"] == ""
    assert "A secret." not in page.content.decode() + response.content.decode()
    assert response.status_code == 422


def test_nobody_answers_across_posts(client):
    elsewhere = make_comment()

    response = send(client, make_post(), parent=str(elsewhere.pk))

    assert response.status_code == 422


def test_answer_to_what_was_just_removed_can_be_sent_as_a_comment_of_its_own(client):
    comment = make_comment()
    Comment.objects.update(status="removed")

    again = send(client, comment.post, parent=str(comment.pk), body="My answer.")
    response = client.post(
        address_of(comment.post), form_on(again), headers={"Sec-Fetch-Site": "same-origin"}
    )

    assert response.status_code == 303
    assert Comment.objects.get(body="My answer.").parent is None


# --- Once -------------------------------------------------------------------------


def test_form_sent_twice_makes_one_comment(client):
    post = make_post()

    first, second = send(client, post), send(client, post)

    assert Comment.objects.count() == 1
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])


def test_other_words_place_or_person_are_another_comment(client):
    post, parent = make_post(), make_comment()

    for change in [{}, {"body": "More."}, {"name": "Bea"}, {"email": "b@example.org"}]:
        send(client, post, **change)
    send(client, parent.post)
    send(client, parent.post, parent=str(parent.pk))

    assert Comment.objects.filter(status="pending").count() == 6


def test_answer_that_got_lost_is_made_up_for(client):
    """The first answer never arrived, so the browser has no cookie; it comes from the same place."""
    post = make_post()
    send(client, post)

    again = send(Client(), post)

    assert again["Location"] == Comment.objects.get().get_absolute_url()


def test_words_of_somebody_else_lead_to_no_right_over_them(client):
    """Who types another's name, e-mail and words gets thanks, and nothing to change."""
    post = make_post()
    send(client, post)
    stranger = Client()

    response = send(stranger, post, address="198.51.100.1")

    assert response["Location"] == "/comments/received/"
    [comment] = Comment.objects.all()
    assert stranger.get(f"/comments/{comment.pk}/edit/").status_code == 404


# --- Members ----------------------------------------------------------------------


@pytest.fixture
def member():
    return make_user(display_name="Mel", email="mel@example.org")


@pytest.fixture
def strict(member):
    """A browser that Django's token check applies to, signed in."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(member)
    return client


def test_member_has_nothing_to_fill_in_but_the_text(strict, member):
    post = make_post()

    response = send_as_member(strict, post, body="By a member.")

    [comment] = Comment.objects.all()
    assert (response.status_code, comment.member, comment.name) == (303, member, "")
    assert comment.author_name == "Mel"
    assert "guest" not in response.cookies
    assert "By a member." in said_on(strict.get(response["Location"], follow=True))


def test_page_with_a_members_form_is_theirs_alone(strict):
    response = strict.get(make_post().get_absolute_url())

    assert set(form_on(response)) == {
        "csrfmiddlewaretoken", "body", "subscription", "parent", "stamp", "topic"
    }  # fmt: skip
    assert response["Cache-Control"] == "private, no-store"


def test_member_cannot_write_as_somebody_else(strict, member):
    other = make_user()

    send_as_member(
        strict, make_post(), name="Eve", member=str(other.pk), status="approved", reason="staff"
    )

    [comment] = Comment.objects.all()
    assert (comment.member, comment.name, comment.status) == (member, "", "pending")


@pytest.mark.parametrize("token", [None, "", "x" * 64])
def test_member_without_the_token_gets_the_form_again(strict, token):
    post = make_post()
    sent = fields(body="Kept text.") | ({"csrfmiddlewaretoken": token} if token is not None else {})

    response = strict.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})
    again = form_on(response)

    assert (response.status_code, again["body"]) == (403, "Kept text.")
    assert "older than your session" in said_on(response)
    assert not Comment.objects.exists()
    response = strict.post(address_of(post), again, headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == 303


def test_expired_session_keeps_the_text(strict):
    post = make_post()
    sent = form_on(strict.get(address_of(post))) | {"body": "Kept text.", "subscription": "post"}
    strict.session.flush()

    response = strict.post(address_of(post), sent, headers={"Sec-Fetch-Site": "same-origin"})

    form = form_on(response)
    assert (response.status_code, form["body"], form["subscription"]) == (403, "Kept text.", "post")
    assert {"name", "email"} < form.keys()
    assert "You are not signed in any more." in said_on(response)
    assert not page_of(response).xpath("//ul[@class='errorlist']")


# --- Wishes -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "expected"),
    [("", []), ("none", []), ("none", []), ("thread", [True]), ("post", [False])],
)
def test_wish_for_mail_is_kept(client, wish, expected):
    send(client, make_post(), subscription=wish)

    wishes = [bool(each.thread_id) for each in Subscription.objects.all()]
    assert wishes == expected


def test_spam_wishes_nothing(client):
    send(client, make_post(), subscription="post", topic="x")

    assert Comment.objects.get().status == "spam"
    assert not Subscription.objects.exists()


# --- Where nothing can be written -------------------------------------------------


def lock(post):
    Discussion.refresh([post.pk])
    Discussion.objects.update(locked_at=post.published_at)


@pytest.mark.parametrize(
    ("close", "sentence"),
    [
        (lambda post: type(post).objects.update(comments_open=False), "are closed"),
        (lock, "is locked"),
        (lambda post: set_rules(closing_days=1), "so long after its publication"),
        (lambda post: set_rules(policy="members"), "Only members"),
    ],
)
def test_closed_discussion_says_why_and_gives_the_text_back(client, close, sentence):
    post = make_post(published_at="2020-01-01T00:00:00Z")
    close(post)

    page = client.get(post.get_absolute_url())
    response = send(client, post, body="Kept text.")

    assert sentence in said_on(page) and not page_of(page).find_class("comment-form")
    assert (response.status_code, sentence in said_on(response)) == (403, True)
    assert page_of(response).get_element_by_id("write-kept").text.strip() == "Kept text."
    assert not Comment.objects.exists()


def test_members_may_write_where_guests_may_not(strict):
    set_rules(policy="members")

    response = send_as_member(strict, make_post())

    assert response.status_code == 303
    assert Comment.objects.get().status == "approved"


def test_comment_on_a_post_that_was_renamed_meanwhile_arrives(client):
    post = make_post(slug="before")
    post.slug = "after"
    post.save()

    response = client.post("/post/before/comments/", fields(), headers={})

    assert response.status_code == 303
    assert Comment.objects.get().post == post


def test_author_of_a_draft_learns_when_comments_open(strict, member):
    draft = make_post(authors=[member], published_at=None)

    response = strict.post(address_of(draft), fields(body="Kept text."))

    assert response.status_code == 403
    assert "not published yet" in said_on(response)


# --- Odd requests -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("body", "content_type", "statuses"),
    [
        (b"", "application/x-www-form-urlencoded", {422}),
        (b"%ff%fe=%80&body=%ed%a0%80\xff&name=%00", "application/x-www-form-urlencoded", {422}),
        (b"&".join(b"f%d=1" % n for n in range(10_000)), "application/x-www-form-urlencoded", {400}),
        (b"body=x&body=y&name[]=a&parent=1&parent=2", "application/x-www-form-urlencoded", {422}),
        (b"x" * (6 * 2**20), "application/x-www-form-urlencoded", {400, 413}),
        (b'{"body": "x"}', "application/json", {422}),
        (b"\xff\x00", "text/plain", {422}),
        (b"--b\r\nnonsense", "multipart/form-data; boundary=b", {400, 422}),
        (b"body=x", "application/x-www-form-urlencoded; charset=utf-16", {400}),
    ],
)  # fmt: skip
def test_odd_request_is_refused_in_words(client, body, content_type, statuses):
    client.raise_request_exception = False

    response = client.post(address_of(make_post()), body, content_type=content_type)

    assert response.status_code in statuses
    assert not Comment.objects.exists()


def test_text_sent_as_a_file_is_no_text(client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    upload = SimpleUploadedFile("body", b"A file.")

    response = client.post(address_of(make_post()), fields(body=upload))

    assert response.status_code == 422


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_other_methods_do_nothing(client, method):
    response = getattr(client, method)(address_of(make_post()))

    assert response.status_code == 405


# --- Work -------------------------------------------------------------------------


def test_comment_costs_a_fixed_number_of_queries(client, django_assert_max_num_queries):
    post, parent = make_post(), None
    for _number in range(30):
        parent = make_comment(post=post, parent=parent)

    with django_assert_max_num_queries(14):
        response = send(client, post, parent=str(parent.pk))

    assert response.status_code == 303


@pytest.mark.skipif(connection.vendor != "sqlite", reason="reads SQLite's plans")
def test_comment_reads_no_table_from_end_to_end(client):
    comment = make_comment()
    guest = {"email": comment.email, "name": comment.name}

    with CaptureQueriesContext(connection) as captured:
        send(client, comment.post, parent=str(comment.pk), **guest)

    questions = [each["sql"] for each in captured if each["sql"].startswith("SELECT")]
    with connection.cursor() as cursor:
        plans = [cursor.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall() for sql in questions]
    steps = [step[-1] for plan in plans for step in plan]
    assert [step for step in steps if step.startswith("SCAN comments_")] == []


def test_refusal_is_in_the_log_without_the_address(client, caplog):
    send(client, make_post(slug="logged"), headers={"Origin": "https://evil.example"})

    [line] = [row.getMessage() for row in caplog.records if row.name == "comments.views.writing"]
    assert "refused: foreign, from " in line and "203.0.113" not in line


def test_received_page_tells_nothing(client):
    response = client.get("/comments/received/")

    assert response.status_code == 200
    assert not response.cookies
    assert "once a moderator has approved it" in said_on(response)
