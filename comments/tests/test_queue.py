"""The queue in the admin: what it lists, in which order, and at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import reasons
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, listed, sign_in
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
        client.get(url)  # what is remembered between requests is asked for once
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url).status_code == 200
        return len(queries)

    assert cost(1) == cost(1) == cost(13)


def scored():
    return [make_comment(status=Status.PENDING, score=score) for score in (0.91, 0.99, 0.95)]


def test_queue_asked_for_a_score_begins_with_the_likeliest_spam(client, moderator):
    low, high, between = scored()

    page = client.get(f"{QUEUE}?likely=spam")

    assert listed(client, "?likely=spam") == [high, between, low]
    assert [order["selected"] for order in page.context["cl"].orders] == [False, False, True]


def test_all_comments_are_sorted_by_time_alone(client, moderator):
    some = scored()

    page = client.get(f"{QUEUE}?status=all&o=-2")

    assert listed(client, "?status=all&o=-2") == some[::-1]
    assert len(page.context["cl"].orders) == 2
