"""From notices to mails: never too many, none twice, none forgotten.

A notice says that one person is to hear of one comment. It is sent alone while the person got few
mails lately; above that it waits, and all that waits goes in one mail as soon as there is room. A
notice and the mail that tells it are marked and queued in one transaction, with the person's row
locked, so that it makes no difference when a worker dies or how many of them there are.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import groupby, islice
from typing import Protocol

from django.db import transaction
from django.db.models import QuerySet, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from comments.models import Address, Comment, Notice
from comments.models.subscription import can_get_mail
from posts.models.publication import long_columns

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
# People in one transaction: on SQLite everybody else waits to write meanwhile.
AT_ONCE = 25
# Comments in one mail; the rest comes in the next. A mail of megabytes would be refused.
MOST_IN_ONE_MAIL = 100
# What could not be sent for so long, such as of a comment removed meanwhile, never will be.
UNSENT_FOR = timedelta(days=30)


class Channel(Protocol):
    """One kind of notices: who gets them, how many, and how they read."""

    kind: Notice.Kind
    limits: list[tuple[int, timedelta]]  # so many mails in such a time, to one person

    def willing(self, addresses: QuerySet[Address]) -> QuerySet[Address]:
        """Those who may get this kind now."""

    def due(self, notices: QuerySet[Notice]) -> QuerySet[Notice]:
        """Those that may be sent now."""

    def prepare(self, notices: list[Notice]) -> None:
        """Look up what the mails about `notices` need, for all of them at once."""

    def send(self, notices: list[Notice]) -> None:
        """Queue one mail that tells of all `notices`, which are to one address."""


def tell(channel: Channel, comment: Comment, address_ids: Iterable[int]) -> None:
    """Tell these people of `comment`, each once, however often this is called."""
    for batch in portions(address_ids):
        with transaction.atomic():
            addresses = locked(channel, batch)
            Notice.objects.bulk_create(
                [Notice(address=each, comment=comment, kind=channel.kind) for each in addresses],
                ignore_conflicts=True,
            )
            deliver(channel, addresses)


def tell_waiting(channel: Channel) -> None:
    """Send what waited, to those who may get mail again."""
    waiting = Notice.objects.filter(kind=channel.kind, sent_at=None)
    # Not by what is due: that question is quick for some people, and slow for all at once.
    address_ids = waiting.order_by("address_id").values_list("address_id", flat=True).distinct()
    for batch in portions(list(address_ids)):
        with transaction.atomic():
            deliver(channel, locked(channel, batch))


def forget_unsent() -> None:
    """Drop notices that wait for nothing; approved again, their comments are told anew."""
    Notice.objects.filter(sent_at=None, created_at__lt=timezone.now() - UNSENT_FOR).delete()


def portions(address_ids: Iterable[int]) -> Iterator[list[int]]:
    rest = iter(address_ids)
    while batch := list(islice(rest, AT_ONCE)):
        yield batch


def locked(channel: Channel, address_ids: list[int]) -> list[Address]:
    """The rows, kept from other workers until the transaction ends; in one order, for no deadlock."""
    rows = Address.objects.select_for_update().filter(pk__in=address_ids).order_by("pk")
    return [row for row in channel.willing(rows) if can_get_mail(row.email)]


def deliver(channel: Channel, addresses: list[Address]) -> None:
    """Queue one mail to each of `addresses` who has room for it and for whom something waits."""
    now = timezone.now()
    earlier = mails_lately(channel, addresses, now)
    ready = [each for each in addresses if has_room(channel, earlier[each.pk], now)]
    notices = first_waiting(channel, ready)
    channel.prepare(notices)
    for _address, mine in groupby(notices, key=lambda notice: notice.address_id):
        channel.send(list(mine))
    # One moment for all of one mail; see Notice.sent_at.
    Notice.objects.filter(pk__in=[notice.pk for notice in notices]).update(sent_at=now)


def first_waiting(channel: Channel, addresses: list[Address]) -> list[Notice]:
    """What waits for each address, the oldest comments first, as much as goes into one mail."""
    waiting = Notice.objects.filter(address__in=addresses, kind=channel.kind, sent_at=None)
    place = Window(RowNumber(), partition_by="address_id", order_by="comment_id")
    chosen = channel.due(waiting).annotate(place=place).filter(place__lte=MOST_IN_ONE_MAIL)
    people = ["comment__member", "comment__parent__member"]
    return list(
        Notice.objects.filter(pk__in=chosen.order_by().values_list("pk", flat=True))
        .select_related("address", "comment__post", *people)
        .defer(*long_columns("comment__post__"))
        .order_by("address_id", "comment_id")
    )


def mails_lately(
    channel: Channel, addresses: list[Address], now: datetime
) -> dict[int, list[datetime]]:
    """When each address got mails of this kind within the longest of the limits."""
    longest = max(period for _count, period in channel.limits)
    sent = Notice.objects.filter(
        address__in=addresses, kind=channel.kind, sent_at__gt=now - longest
    )
    found = defaultdict(list)
    for address_id, sent_at in sent.order_by().values_list("address", "sent_at").distinct():
        found[address_id].append(sent_at)
    return found


def has_room(channel: Channel, earlier: list[datetime], now: datetime) -> bool:
    return all(
        sum(sent_at > now - period for sent_at in earlier) < count
        for count, period in channel.limits
    )
