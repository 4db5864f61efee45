"""Subscribers, and the mails they get, for tests."""

import re
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from comments import moderation
from comments.mail import links, notices
from comments.models import Address, Comment, CommentSettings, Notice, Status, Subscription
from comments.tests.factories import make_comment, numbers
from posts.models import SiteSettings


def make_address(email="", **fields) -> Address:
    """Somebody who said yes to mail, unless told otherwise."""
    email = email or f"subscriber{next(numbers)}@example.org"
    return Address.objects.create(email=email, **{"confirmed_at": timezone.now()} | fields)


def make_subscription(post, email="", thread=None, **fields) -> Subscription:
    """A confirmed address's wish for a whole post, unless told otherwise."""
    address = fields.pop("address", None) or make_address(email)
    return Subscription.objects.create(address=address, post=post, thread=thread, **fields)


def approve(comment, by=None) -> None:
    moderation.approve([comment], by)
    run_until_idle()


def approved_comment(post=None, **fields):
    """A comment that was written, waited, and has just been approved."""
    comment = make_comment(post, status=Status.PENDING, **fields)
    approve(comment)
    return comment


def mails(to="") -> list[Message]:
    """What was queued, in order; to one person only, if named."""
    found = Message.objects.order_by("pk")
    return list(found.filter(to=to) if to else found)


def recipients() -> list[str]:
    return [message.to for message in mails()]


def links_in(message: Message) -> list[str]:
    """The paths of all links to this site in the text, in order."""
    return re.findall(rf"{re.escape(settings.SITE_URL)}(/\S+)", message.text)


def stop_path(message: Message) -> str:
    """Where a mail program posts to when its person has enough."""
    return message.headers["List-Unsubscribe"].strip("<>").removeprefix(settings.SITE_URL)


def an_hour_and_a_bit_later() -> None:
    """All that was sent was sent that much earlier."""
    for notice in Notice.objects.exclude(sent_at=None):
        notice.sent_at -= timedelta(minutes=61)
        notice.save()


def limit(**limits) -> None:
    site = SiteSettings.load()
    site.save()
    CommentSettings.objects.update_or_create(site=site, defaults=limits)


def waiting_comment(**fields) -> Comment:
    """A comment of which the moderators have just been told."""
    comment = make_comment(**{"status": Status.PENDING} | fields)
    tell_moderators(comment)
    return comment


def tell_moderators(comment) -> None:
    notices.comment_waits(comment)
    run_until_idle()


def decide_paths() -> list[str]:
    """The links of the last mail: approve, spam, remove."""
    return [path for path in links_in(mails()[-1]) if path.startswith("/comments/decide/")]


def path_of(link: str) -> str:
    return link.removeprefix(settings.SITE_URL)


def stop_link(subscription) -> str:
    return path_of(links.stop_link(subscription.address, subscription))


def everything_link(address) -> str:
    return path_of(links.stop_link(address, links.EVERYTHING))


def manage(address) -> str:
    return path_of(links.manage_link(address))
