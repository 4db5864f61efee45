"""Forgetting addresses, and deleting for good what is hidden."""

from datetime import timedelta
from io import StringIO

import pytest
from django.contrib.admin.models import LogEntry
from django.core.management import CommandError, call_command
from django.utils import timezone

from comments import forgetting, moderation
from comments.models import Comment, CommentSettings, Decision, Standing, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, sign_in
from posts.models import SiteSettings
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

KEYS = {"address_key": "a" * 32, "network_key": "b" * 32}
LONG_AGO = timedelta(days=200)


def days_ago(days):
    return timezone.now() - timedelta(days=days)


def run(name, **options) -> str:
    out = StringIO()
    call_command(name, stdout=out, **options)
    return out.getvalue()


def make_hidden(**fields):
    return make_comment(**{"status": Status.SPAM, "created_at": days_ago(200)} | fields)


# --- Addresses --------------------------------------------------------------------


def test_addresses_are_forgotten_after_the_days_in_the_settings(monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    site = SiteSettings.load()
    site.save()
    CommentSettings.objects.create(site=site, keep_addresses_days=7)
    old = [make_comment(created_at=days_ago(8), **KEYS) for _number in range(5)]
    new = make_comment(created_at=days_ago(6), **KEYS)

    told = run("forget_addresses")

    kept = set(Comment.objects.filter(address_key__gt="", network_key__gt=""))
    assert told == "5 forgotten\n"
    assert kept == {new}
    assert {c.network_key for c in Comment.objects.filter(pk__in=[c.pk for c in old])} == {""}
    assert run("forget_addresses") == "0 forgotten\n"


def test_half_a_key_is_forgotten_too():
    make_comment(created_at=days_ago(100), network_key="b" * 32)

    assert forgetting.forget_addresses() == 1


def test_ban_of_an_address_ends_with_it():
    person = Standing.objects.create(
        of="email", value="a@example.org", verdict="banned", made_at=days_ago(900)
    )
    Standing.objects.create(of="address", value="a" * 32, verdict="banned", made_at=days_ago(900))
    fresh = Standing.objects.create(of="address", value="b" * 32, verdict="banned")

    forgetting.forget_addresses()

    assert set(Standing.objects.all()) == {person, fresh}


# --- Spam and trash ---------------------------------------------------------------


def test_old_spam_and_trash_go_and_nothing_else(monkeypatch):
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    for status in [Status.SPAM, Status.REMOVED] * 2:
        make_hidden(status=status)
    kept = {
        make_hidden(status=Status.PENDING),
        make_hidden(status=Status.APPROVED),
        make_hidden(created_at=days_ago(10)),
    }

    told = run("purge_comments")

    assert told == "4 removed for good\n"
    assert set(Comment.objects.all()) == kept


def test_days_count_from_the_last_decision():
    comment = make_hidden(status=Status.PENDING)
    moderation.mark_spam([comment], make_user())

    assert forgetting.purge(timedelta(days=90)) == 0
    Decision.objects.update(made_at=days_ago(91))
    assert forgetting.purge(timedelta(days=90)) == 1


def test_comment_with_an_answer_stays_as_an_empty_place():
    parent = make_hidden(name="Ada", email="ada@example.org", body="Gone.", **KEYS)
    answer = make_comment(parent=parent)

    counts = [forgetting.purge(LONG_AGO / 2) for _time in range(2)]

    parent.refresh_from_db()
    assert counts == [1, 0]
    assert (parent.name, parent.email, parent.body, parent.body_html) == ("", "", "", "")
    assert (parent.address_key, parent.status) == ("", "spam")
    assert Comment.objects.get(parent=parent) == answer


def test_whole_hidden_thread_goes_from_its_leaves_up():
    first = make_hidden()
    make_hidden(parent=make_hidden(parent=first))

    assert forgetting.purge(LONG_AGO / 2) == 3
    assert not Comment.objects.exists()


def test_empty_place_is_never_shown_again():
    parent = make_hidden()
    make_comment(parent=parent)
    [decision] = moderation.remove([parent], make_user())
    Decision.objects.update(made_at=days_ago(100), was=Status.APPROVED)
    forgetting.purge(timedelta(days=90))

    assert moderation.approve([parent], make_user()) == []
    assert moderation.undo([decision], make_user()) == 0


def test_words_are_gone_from_the_history_as_well(client):
    sign_in(client)
    comment = make_hidden(body="Zqsecret.")
    fields = {"name": "x", "email": "x@example.org", "body": "Other."}
    client.post(f"{QUEUE}{comment.pk}/change/", fields)
    assert "Zqsecret" in LogEntry.objects.get().change_message

    forgetting.purge(LONG_AGO / 2)

    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("days", [-1, 10**9])
def test_days_out_of_range_are_refused(days):
    with pytest.raises(CommandError):
        run("purge_comments", days=days)


def test_comments_of_one_moment_all_have_their_turn(monkeypatch):
    """Portions end in the middle of those, and what stays is passed by."""
    monkeypatch.setattr(forgetting, "AT_ONCE", 2)
    long_ago = timezone.now() - timedelta(days=400)
    answered = [make_comment(status=Status.SPAM) for _number in range(3)]
    for comment in answered:
        make_comment(parent=comment)
    for _number in range(4):
        make_comment(status=Status.SPAM)
    Comment.objects.filter(status=Status.SPAM).update(created_at=long_ago)

    count = forgetting.purge(timedelta(days=90))

    assert count == 7
    left = Comment.objects.filter(status=Status.SPAM)
    assert list(left.order_by("pk").values_list("pk", "body")) == [(c.pk, "") for c in answered]
