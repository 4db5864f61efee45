"""The queue in the admin: what it lists, in which order, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from comments import reasons
from comments.models import Comment, Decision, Discussion, Standing, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, listed, press, sign_in
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def one_in_each_status(**fields):
    return {status: make_comment(status=status, **fields) for status in Status.values}


# --- What it lists --------------------------------------------------------------


def test_what_waits_is_listed_first_and_the_longest_waiting_on_top(client, moderator):
    late = make_comment(status=Status.PENDING, created_at=hours_ago(1))
    early = make_comment(status=Status.PENDING, created_at=hours_ago(5))
    make_comment()

    assert listed(client) == [early, late]


def test_what_is_decided_is_listed_newest_first(client, moderator):
    old, new = (make_comment(status=Status.SPAM, created_at=hours_ago(n)) for n in (9, 1))

    assert listed(client, "?status=spam") == [new, old]


def test_status_is_a_filter(client, moderator):
    rows = one_in_each_status()

    assert listed(client, "?status=approved") == [rows["approved"]]
    assert listed(client, "?status=removed") == [rows["removed"]]
    assert set(listed(client, "?status=all")) == set(rows.values())
    assert listed(client, "?status=junk") == [rows["pending"]]


def test_other_filters_narrow_the_list(client, moderator):
    waits = {"status": Status.PENDING}
    guest = make_comment(score=0.97, reason=reasons.MANY_LINKS, body="<https://x.example>", **waits)
    member = make_comment(member=make_user(), score=0.02, reason=reasons.FIRST_COMMENT, **waits)
    unsure = make_comment(score=0.5, member=make_user(), **waits)
    site = make_comment(site="https://home.example", member=None, **waits)

    assert listed(client, "?who=guest") == [guest, site]
    assert listed(client, "?who=member") == [member, unsure]
    assert listed(client, "?likely=spam") == [guest]
    assert listed(client, "?likely=unsure") == [unsure]
    assert listed(client, "?likely=good") == [member]
    assert listed(client, "?likely=unknown") == [site]
    assert listed(client, "?links=yes") == [guest, site]
    assert listed(client, "?links=no") == [member, unsure]
    assert listed(client, "?reason=many_links") == [guest]
    assert listed(client, f"?post={unsure.post_id}") == [unsure]
    assert listed(client, "?post=junk&author_of=junk") == [guest, member, unsure, site]


def test_all_by_one_author_are_found_by_one_of_theirs(client, moderator):
    one = make_comment(email="ada@example.org", status=Status.PENDING)
    other = make_comment(email="ada@example.org", status=Status.SPAM)
    make_comment(status=Status.PENDING)

    assert set(listed(client, f"?status=all&author_of={one.pk}")) == {one, other}


def test_search_looks_at_person_and_text(client, moderator):
    waits = {"status": Status.PENDING}
    name = make_comment(name="Zebedee", **waits)
    email = make_comment(email="zebedee@example.org", **waits)
    body = make_comment(body="I knew Zebedee.", **waits)
    member = make_comment(member=make_user(display_name="Zebedee"), **waits)
    make_comment(**waits)

    assert listed(client, "?q=zebedee") == [name, email, body, member]


def test_list_can_be_sorted_by_score(client, moderator):
    low, high = (make_comment(status=Status.PENDING, score=score) for score in (0.1, 0.9))

    assert listed(client, "?o=-2") == [high, low]


# --- What a row says --------------------------------------------------------------


def test_row_says_who_what_where_and_why(client, moderator):
    post = make_post(title="On clocks")
    parent = make_comment(post, name="Grace", body="What about leap seconds?")
    make_comment(email="ada@example.org", status=Status.SPAM)
    make_comment(email="ada@example.org")
    make_comment(
        parent=parent,
        name="Ada",
        email="ada@example.org",
        body="They are *gone*.",
        status=Status.PENDING,
        reason=reasons.BLOCKED_WORD,
        reason_detail="casino",
        score=0.83,
        evidence=[{"what": "link to pills.example", "spam": 0.98}],
    )

    html = client.get(QUEUE).content.decode()

    for words in [
        "Ada",
        "ada@example.org",
        "1 approved, 1 spam",
        "On clocks",
        "answers Grace:",
        "What about leap seconds?",
        "They are <em>gone</em>.",
        "A blocked word.",
        "<q>casino</q>",
        "83 % like spam",
        "link to pills.example",
    ]:
        assert words in html


def test_row_shows_hostile_words_as_words(client, moderator):
    evil = "<script>alert(1)</script>"
    make_comment(
        name=evil,
        body=evil,
        site=f"https://x.example/?{evil}",
        reason=reasons.BLOCKED_WORD,
        reason_detail=evil,
        evidence=[{"what": evil, "spam": 1}],
        status=Status.PENDING,
    )

    for url in [QUEUE, QUEUE + f"{Comment.objects.get().pk}/change/"]:
        html = client.get(url).content.decode()

        assert evil not in html
        assert "alert(1)" in html


@pytest.mark.parametrize("url", [QUEUE, QUEUE + "?status=all"])
def test_page_costs_the_same_for_two_four_and_thirty(client, moderator, url):
    def cost(pairs):
        for _pair in range(pairs):
            for member in (make_user(), None):
                parent = make_comment()
                number = f"{parent.pk:032}"
                make_comment(parent=parent, member=member, status="pending", address_key=number)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(1) == cost(1) == cost(13)


# --- One by one -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("verdict", "status"),
    [("approve", "approved"), ("spam", "spam"), ("remove", "removed")],
)
def test_button_decides_and_leads_back_to_the_same_place(client, moderator, verdict, status):
    comment = make_comment(status=Status.PENDING)
    back = "status=pending&p=2&q=caf%C3%A9"

    response = press(client, "decide", comment, query="?row=4", back=back, verdict=verdict)

    comment.refresh_from_db()
    assert comment.status == status
    assert response.url == f"{QUEUE}?{back}#row-4"
    assert Decision.objects.get().by == moderator


def test_decided_comment_can_be_put_back_to_wait(client, moderator):
    comment = make_comment()

    press(client, "decide", comment, verdict="hold")

    comment.refresh_from_db()
    assert (comment.status, comment.reason) == ("pending", reasons.HELD_BY_HAND)


def undo_button(response) -> str:
    """Where the undo button of the message on a page leads."""
    return (
        response.content.decode()
        .partition('formaction="/admin/comments/comment/undo/')[2]
        .partition('"')[0]
    )


def test_message_offers_undo(client, moderator):
    comment = make_comment(status=Status.PENDING)

    press(client, "decide", comment, verdict="spam")
    page = client.get(QUEUE)
    client.post(f"{QUEUE}undo/{undo_button(page)}")

    comment.refresh_from_db()
    assert "Put with the spam." in page.content.decode()
    assert comment.status == "pending"


def test_decision_about_what_is_so_already_says_so(client, moderator):
    answer = press(client, "decide", make_comment(), verdict="approve", json=True).json()

    assert answer == {"told": "It was so already.", "undo": "", "failed": False}
    assert not Decision.objects.exists()


def test_script_gets_words_and_a_way_back(client, moderator):
    comment = make_comment(status=Status.PENDING)

    answer = press(client, "decide", comment, verdict="approve", json=True).json()
    undone = client.post(answer["undo"], headers={"Accept": "application/json"}).json()
    again = client.post(answer["undo"], headers={"Accept": "application/json"}).json()

    assert answer["told"] == "Approved."
    assert undone == {"told": "1 decision taken back.", "undo": "", "failed": False}
    assert again["failed"]
    comment.refresh_from_db()
    assert comment.status == "pending"


@pytest.mark.parametrize("back", ["https://evil.example", "//evil.example", "\r\nX: y", "x" * 9999])
def test_way_back_never_leads_elsewhere(client, moderator, back):
    comment = make_comment(status=Status.PENDING)

    response = press(client, "decide", comment, back=back, verdict="approve")

    assert response.url.startswith(f"{QUEUE}?")
    assert len(response.url) < 7000


@pytest.mark.parametrize(
    ("name", "fields"),
    [("decide", {}), ("decide", {"verdict": "x"}), ("standing", {}), ("lock", {"locked": "?"})],
)
def test_button_that_is_none_is_a_bad_request(client, moderator, name, fields):
    assert press(client, name, make_comment(), **fields).status_code == 400


@pytest.mark.parametrize("query", ["", "?batch=x", "?decision=x", "?standing=x", "?batch=%00"])
def test_undo_of_nothing_says_so(client, moderator, query):
    client.post(f"{QUEUE}undo/{query}")

    assert "nothing to take back" in client.get(QUEUE).content.decode()


def test_nothing_is_decided_by_looking(client, moderator):
    comment = make_comment(status=Status.PENDING)

    for name in ["decide", "reply", "standing", "lock"]:
        url = reverse(f"admin:comments_{name}", args=[comment.pk])
        assert client.get(url, {"verdict": "approve"}).status_code == 405
    assert client.get(f"{QUEUE}undo/").status_code == 405


# --- Answers ----------------------------------------------------------------------


def test_reply_is_by_the_moderator_and_approves_what_it_answers(client, moderator):
    question = make_comment(status=Status.PENDING)

    press(client, "reply", question, body="Thank you.\r\nMended.")

    reply = Comment.objects.get(parent=question)
    question.refresh_from_db()
    assert (reply.member, reply.body, reply.status) == (
        moderator,
        "Thank you.\nMended.",
        "approved",
    )
    assert question.status == "approved"
    assert Discussion.objects.get().approved_count == 2


def test_reply_sent_twice_is_stored_once(client, moderator):
    question = make_comment()

    for _time in range(2):
        press(client, "reply", question, body="Thank you.")

    assert Comment.objects.filter(parent=question).count() == 1


@pytest.mark.parametrize("body", ["", " \n ", "x" * 20_001, "a\0b"])
def test_reply_that_cannot_be_stored_is_shown_again(client, moderator, body):
    question = make_comment(status=Status.PENDING)

    response = press(client, "reply", question, back="status=all", body=body)
    answer = press(client, "reply", question, body=body, json=True).json()

    assert response.context["form"]["body"].value() == body
    assert response.context["form"].errors
    assert answer["failed"]
    assert Comment.objects.get().status == "pending"


# --- Many at once -----------------------------------------------------------------


def bulk(client, action, *comments, query="", **fields):
    marked = [comment.pk for comment in comments]
    data = {"action": action, "index": "0", "_selected_action": marked, **fields}
    return client.post(QUEUE + query, data)


@pytest.mark.parametrize(
    ("action", "status"),
    [("approve_marked", "approved"), ("spam_marked", "spam"), ("remove_marked", "removed")],
)
def test_marked_comments_are_decided_together_and_taken_back_together(
    client, moderator, action, status
):
    one, two, _three = (make_comment(status=Status.PENDING) for _number in range(3))

    response = bulk(client, action, one, two, query="?q=example")
    page = client.get(response.url)
    statuses = list(Comment.objects.order_by("pk").values_list("status", flat=True))
    client.post(f"{QUEUE}undo/{undo_button(page)}")

    assert response.url == f"{QUEUE}?q=example"
    assert statuses == [status, status, "pending"]
    assert Comment.objects.pending().count() == 3


def test_whole_list_is_decided_with_nothing_marked(client, moderator):
    shown = [make_comment(status=Status.PENDING, name="Bot") for _number in range(3)]
    other = make_comment(status=Status.PENDING, name="Ada")
    newest = other.pk

    bulk(client, "spam_marked", query="?q=Bot", select_across="1", newest=newest)

    assert set(Comment.objects.filter(status="spam")) == set(shown)


def test_whole_list_leaves_out_what_came_after_it_was_shown(client, moderator):
    seen = make_comment(status=Status.PENDING)
    unseen = make_comment(status=Status.PENDING)

    bulk(client, "approve_marked", select_across="1", newest=seen.pk)

    assert list(Comment.objects.pending()) == [unseen]


def test_nothing_marked_decides_nothing(client, moderator):
    make_comment(status=Status.PENDING)

    bulk(client, "approve_marked")

    assert Comment.objects.get().status == "pending"


# --- People -----------------------------------------------------------------------


def test_ban_puts_what_waits_with_the_spam_and_can_be_undone(client, moderator):
    one, two = (make_comment(email="bot@example.org", status=Status.PENDING) for _n in range(2))
    approved = make_comment(email="bot@example.org")
    other = make_comment(status=Status.PENDING)

    answer = press(client, "standing", one, verdict="ban", json=True).json()

    standing = Standing.objects.get()
    assert (standing.of, standing.value, standing.verdict, standing.by) == (
        "email",
        "bot@example.org",
        "banned",
        moderator,
    )
    assert set(Comment.objects.filter(status="spam")) == {one, two}
    assert {c.status for c in Comment.objects.filter(pk__in=[approved.pk])} == {"approved"}

    client.post(answer["undo"])

    assert not Standing.objects.exists()
    assert set(Comment.objects.pending()) == {one, two, other}


def test_ban_of_an_address_is_for_all_who_write_from_there(client, moderator):
    one, two = (make_comment(address_key="a" * 32, status=Status.PENDING) for _n in range(2))
    make_comment(address_key="b" * 32, status=Status.PENDING)

    press(client, "standing", one, query="?of=address", verdict="ban")

    assert Standing.objects.get().value == "a" * 32
    assert set(Comment.objects.filter(status="spam")) == {one, two}


def test_trust_replaces_a_ban_and_is_lifted(client, moderator):
    comment = make_comment(member=make_user())

    press(client, "standing", comment, verdict="ban")
    press(client, "standing", comment, verdict="trust")
    standing = Standing.objects.get()
    press(client, "standing", comment, verdict="lift")

    assert (standing.of, standing.value, standing.verdict) == (
        "member",
        str(comment.member_id),
        "trusted",
    )
    assert not Standing.objects.exists()


def test_nobody_in_particular_cannot_be_banned(client, moderator):
    imported = make_comment(email="", status=Status.PENDING)
    make_comment(email="", status=Status.PENDING)

    answer = press(client, "standing", imported, verdict="ban", json=True).json()
    where = press(client, "standing", imported, query="?of=address", verdict="ban", json=True)

    assert answer["failed"]
    assert where.json()["failed"]
    assert Comment.objects.pending().count() == 2


# --- The discussion ---------------------------------------------------------------


def test_discussion_is_locked_and_opened_from_a_row(client, moderator):
    comment = make_comment()

    press(client, "lock", comment, locked="yes")
    locked = Discussion.objects.get().locked_at
    press(client, "lock", comment, locked="no")

    assert locked
    assert Discussion.objects.get().locked_at is None


# --- The comment's own page -------------------------------------------------------


def test_page_of_a_comment_lists_its_decisions_with_a_way_back(client, moderator):
    comment = make_comment(status=Status.PENDING)
    press(client, "decide", comment, verdict="spam")

    page = client.get(f"{QUEUE}{comment.pk}/change/")
    response = client.post(
        f"{QUEUE}undo/?decision={Decision.objects.get().pk}", {"back": comment.pk}
    )

    comment.refresh_from_db()
    assert "Pending → Spam" in page.content.decode()
    assert response.url == f"{QUEUE}{comment.pk}/change/"
    assert comment.status == "pending"


def test_editing_changes_words_and_keeps_the_first_ones_in_the_history(client, moderator):
    comment = make_comment(body="First *words*.")
    url = f"{QUEUE}{comment.pk}/change/"

    client.post(url, {"name": "Ada", "email": "Ada@Example.org", "site": "", "body": "Second."})

    comment.refresh_from_db()
    assert (comment.name, comment.email, comment.body) == ("Ada", "ada@example.org", "Second.")
    assert comment.body_html == "<p>Second.</p>\n"
    assert comment.edited_at is None
    assert "First *words*." in client.get(f"{QUEUE}{comment.pk}/history/").content.decode()


def test_editing_cannot_set_what_is_no_field(client, moderator):
    comment = make_comment(status=Status.PENDING)
    url = f"{QUEUE}{comment.pk}/change/"
    extra = {"status": "approved", "post": make_post().pk, "score": "0", "member": moderator.pk}

    client.post(url, {"name": "Ada", "email": "a@example.org", "body": "Text.", **extra})

    changed = Comment.objects.get()
    assert changed.name == "Ada"
    assert (changed.status, changed.post, changed.score, changed.member) == (
        "pending",
        comment.post,
        None,
        None,
    )


def test_editing_leaves_a_decision_made_meanwhile(client, moderator, monkeypatch):
    """The form was opened before, and sent after, somebody else decided."""
    comment = make_comment(status=Status.PENDING)
    stale = Comment.objects.get()
    press(client, "decide", comment, verdict="spam")

    stale.body = "Changed."
    stale.save(update_fields=["body", "body_html", "renderer_version"])

    assert Comment.objects.get().status == "spam"


def test_name_of_a_member_is_not_edited(client, moderator):
    comment = make_comment(member=make_user(display_name="Ada"))
    url = f"{QUEUE}{comment.pk}/change/"

    client.post(url, {"name": "Evil", "email": "evil@example.org", "body": "Text."})

    comment.refresh_from_db()
    assert (comment.name, comment.email, comment.body) == ("", "", "Text.")
