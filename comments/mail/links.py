"""Signed parts of the addresses in mails: each opens one thing, for one person, without a session.

A token of one kind is none of another: each kind is signed under a name of its own. What a token
says is only true of the moment it was made; whoever reads it looks the rows up again.
"""

from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User
from comments.models import Address, Comment, Status, Subscription

CONFIRM_FOR = timedelta(days=7)
DECIDE_FOR = timedelta(days=14)
# What a stop link ends besides one subscription, which it names by its key.
EVERYTHING = "all"
WAITING = "waiting"
DECISIONS = (Status.APPROVED, Status.SPAM, Status.REMOVED)
STATE_DIGITS = 16  # of a digest that only tells whether something changed; the token is signed


class Broken(Exception):
    """No token of this kind: cut off, made up, or of another kind."""


class Expired(Exception):
    """A token of ours that is too old."""


@dataclass(frozen=True)
class Stop:
    """What a stop link is about: a subscription's key, EVERYTHING or WAITING."""

    address_id: int
    what: str


@dataclass(frozen=True)
class Decide:
    """What a moderator's link is about; `state` is of the comment when the mail was written."""

    comment_id: int
    moderator_id: int
    status: str
    state: str


def confirm_link(address: Address) -> str:
    return full("confirm", dated("confirm").sign(str(address.pk)))


def read_confirm(token: str) -> int:
    """The key of the address; raises Broken, or Expired after a week."""
    return int(read(dated("confirm"), token, max_age=CONFIRM_FOR))


def stop_link(address: Address, what: str | Subscription) -> str:
    """Never expires: whoever finds an old mail can still end what it belongs to."""
    key = str(what.pk) if isinstance(what, Subscription) else what
    return full("stop", undated("stop").sign(f"{address.pk}-{key}"))


def read_stop(token: str) -> Stop:
    """Raises Broken."""
    address_id, _, what = read(undated("stop"), token).partition("-")
    return Stop(int(address_id), what)


def manage_link(address: Address) -> str:
    return full("manage", manage_token(address))


def manage_token(address: Address) -> str:
    return undated("manage").sign(str(address.pk))


def read_manage(token: str) -> int:
    """The key of the address; raises Broken."""
    return int(read(undated("manage"), token))


def decide_link(comment: Comment, moderator: User, status: str, last_decision: int) -> str:
    """`last_decision` is the key of the newest decision about the comment, 0 for none."""
    state = state_of(comment, moderator, last_decision)
    token = dated("decide").sign(f"{comment.pk}-{moderator.pk}-{status}-{state}")
    return full("decide", token)


def read_decide(token: str) -> Decide:
    """Raises Broken, or Expired after two weeks."""
    comment, moderator, status, state = read(dated("decide"), token, DECIDE_FOR).split("-")
    return Decide(int(comment), int(moderator), status, state)


def state_of(comment: Comment, moderator: User, last_decision: int) -> str:
    """Changes with the comment's words, with every decision, and with where the mail went."""
    parts = [
        comment.name,
        comment.email,
        comment.site,
        comment.body,
        str(comment.edited_at),
        str(last_decision),
        moderator.email or "",
    ]
    return sha256("\0".join(parts).encode("utf-8", "replace")).hexdigest()[:STATE_DIGITS]


# Dots part a token, for the default colon is one of the characters that mail programs cut at.


def undated(kind: str) -> signing.Signer:
    return signing.Signer(salt=f"comments.links.{kind}", sep=".")


def dated(kind: str) -> signing.TimestampSigner:
    return signing.TimestampSigner(salt=f"comments.links.{kind}", sep=".")


def read(signer, token: str, max_age: timedelta | None = None) -> str:
    try:
        return signer.unsign(token, max_age=max_age) if max_age else signer.unsign(token)
    except signing.SignatureExpired as error:
        raise Expired(token) from error
    except signing.BadSignature as error:
        raise Broken(token) from error


def full(name: str, token: str) -> str:
    return settings.SITE_URL + reverse(f"comments:{NAMES[name]}", args=[token])


NAMES = {"confirm": "mail_confirm", "stop": "mail_stop", "manage": "mail", "decide": "decide"}
