"""Writing the record.

    recording.record("accounts.signed_in", user)
    recording.record("posts.published", post, fields=["published_at"])

Who did it and from where comes from the request that is being answered, which the middleware
`remember_request` keeps at hand.
"""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from django.db.models import Model

from blogsite import client
from blogsite.audit.models import Event
from blogsite.log import CONTROL

logger = logging.getLogger("blogsite.audit")

_request = ContextVar("request", default=None)
_name = ContextVar("name", default="")

# Of what no request caused and no command: a job that comes round.
THE_SITE = "the site itself"


def remember_request(get_response):
    """Middleware: events of this thread belong to this request until it is answered."""

    def middleware(request):
        token = _request.set(request)
        try:
            return get_response(request)
        finally:
            _request.reset(token)

    return middleware


@contextmanager
def acting_as(name: str):
    """Events within are done by `name`, such as a command: `manage.py reset_mfa`."""
    token = _name.set(name)
    try:
        yield
    finally:
        _name.reset(token)


def record(verb: str, target: Model | None = None, *, actor=None, **details) -> Event:
    """Store an event in the current transaction, and write a line of it to the log.

    What a command does is stored and not logged: the command itself tells whoever started it.
    `actor` is a user, if it is not the one whose request this is. `details` must be JSON, and
    hold nothing that people wrote and no secret. The name of the target is what it says of itself
    as `audit_name`, or else as text; it is shown to operators only, and never in the log.
    """
    request = _request.get()
    actor = actor or signed_in(request)
    event = Event.objects.create(
        verb=verb,
        actor=actor,
        actor_name=one_line(actor.name if actor else _name.get() or ("" if request else THE_SITE)),
        target_type=target._meta.label_lower if target else "",
        target_id=str(target.pk) if target else "",
        target_name=one_line(name_of(target)) if target else "",
        details=details,
        address=(client.address_of(request) or None) if request else None,
        device=one_line(request.headers.get("User-Agent", "")) if request else "",
    )
    if request or not _name.get():
        logger.info("%s", line_of(event))
    return event


def name_of(target: Model) -> str:
    return str(getattr(target, "audit_name", target))


def one_line(text: str) -> str:
    """`text` as the columns hold it: no line of it can pass for another, and none is too long."""
    return CONTROL.sub(" ", text)[:200]


def signed_in(request):
    """The user of `request`, if there is one and the session was read already or may be."""
    user = getattr(request, "user", None)
    return user if user is not None and user.is_authenticated else None


def line_of(event: Event) -> str:
    """What the log of the server says: keys, names of fields and the address, no free text."""
    who = f"user {event.actor_id}" if event.actor_id else event.actor_name or "a visitor"
    what = f" {event.target_type} {event.target_id}" if event.target_type else ""
    where = f" from {event.address}" if event.address else ""
    about = f" {event.details}" if event.details else ""
    return f"{who} {event.verb}{what}{where}{about}"
