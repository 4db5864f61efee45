"""What is not kept forever: where comments came from, and what nobody may read any more."""

from collections.abc import Iterator
from datetime import timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from blogsite.audit import recording
from comments import searching
from comments.models import Comment, CommentSettings, Decision, Standing, Status

PURGE_DAYS = 90  # long enough to notice a mistake, and to learn from a wave of spam
AT_ONCE = 500  # rows in one transaction; others write in between
HIDDEN = [Status.SPAM, Status.REMOVED]

EMPTIED = {
    "name": "",
    "email": "",
    "site": "",
    "member": None,
    "body": "",
    "body_html": "",
    "reason_detail": "",
    "score": None,
    "evidence": [],
    "trained_as": "",
    "trained_tokens": b"",
    "address_key": "",
    "network_key": "",
    "submission_key": None,
}


def forget_addresses() -> int:
    """Empty the keys of network addresses that are older than the settings allow.

    How many comments had one. Bans of such addresses end as well: a key in the list of bans
    would be kept like any other, and by then the address is mostly somebody else's.
    """
    before = timezone.now() - timedelta(days=CommentSettings.load().keep_addresses_days)
    keyed = Q(address_key__gt="") | Q(network_key__gt="")
    old = Comment.objects.filter(keyed, created_at__lt=before)
    count = last = 0
    # On from the last one: from the start, each time would go past all that are done.
    while keys := some_keys(old.filter(pk__gt=last)):
        count += Comment.objects.filter(pk__in=keys).update(address_key="", network_key="")
        last = keys[-1]
    Standing.objects.filter(of=Standing.Of.ADDRESS, made_at__lt=before).delete()
    return count


def purge(older_than: timedelta) -> int:
    """Delete for good what went to the spam or the trash longer ago than that; how many it were.

    One with an answer stays as an empty place that holds the thread together; it goes as soon as
    its last answer does. Safe to cut off and to repeat.
    """
    before = timezone.now() - older_than
    count = 0
    # Deleting an answer may leave the comment above it without any, so until nothing is found.
    while deleted := sum(map(delete_some, portions(before))):
        count += deleted
    count += sum(map(empty_some, portions(before)))
    if count:
        recording.record("comments.purged", count=count)
    return count


def portions(before) -> Iterator[QuerySet[Comment]]:
    """What `hidden_since` finds, some at a time: along an index, and each row is passed once."""
    for status in HIDDEN:
        rows = Comment.objects.filter(status=status, created_at__lt=before)
        rows = rows.order_by("created_at", "pk").values_list("created_at", "pk")
        some = list(rows[:AT_ONCE])
        while some:
            yield hidden_since(before).filter(pk__in=[key for _moment, key in some])
            moment, key = some[-1]
            same_moment = Q(created_at=moment, pk__gt=key)
            rest = rows.filter(Q(created_at__gt=moment) | same_moment, created_at__gte=moment)
            some = list(rest[:AT_ONCE])


def hidden_since(before):
    """Spam and removed comments about which nobody has decided anything since then."""
    lately = Decision.objects.filter(comment=OuterRef("pk"), made_at__gte=before)
    hidden = Comment.objects.filter(status__in=HIDDEN)
    return hidden.filter(~Exists(lately), created_at__lt=before)


def has_answers():
    return Exists(Comment.objects.filter(parent=OuterRef("pk")))


@transaction.atomic
def delete_some(hidden: QuerySet[Comment]) -> int:
    """Delete those of a portion that nobody answered; how many."""
    keys = some_keys(hidden.filter(~has_answers()).select_for_update())
    forget_history(keys)
    Comment.objects.filter(pk__in=keys).delete()
    return len(keys)


@transaction.atomic
def empty_some(hidden: QuerySet[Comment]) -> int:
    """Empty those of a portion that somebody answered; how many."""
    full = hidden.filter(has_answers()).exclude(body="")
    keys = some_keys(full.select_for_update())
    forget_history(keys)
    Comment.objects.filter(pk__in=keys).update(**EMPTIED)
    searching.keep_in_step(keys)
    return len(keys)


def some_keys(comments) -> list[int]:
    return list(comments.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])


def forget_history(keys: list[int]) -> None:
    """The admin's history quotes texts that moderators changed."""
    of_comments = LogEntry.objects.filter(content_type=ContentType.objects.get_for_model(Comment))
    of_comments.filter(object_id__in=[str(key) for key in keys]).delete()
