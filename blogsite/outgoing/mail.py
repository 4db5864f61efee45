"""Mail: queued with the change that causes it, sent by the worker.

mail.queue(f"answer:{notice.pk}", notice.address.email, subject, text, html)
"""

import uuid
from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from blogsite.outgoing import addresses
from blogsite.outgoing.delivery import deliver
from blogsite.outgoing.models import Message

MAX_CAUSE = 200


def queue(
    cause: str,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    headers: dict[str, str] | None = None,
    not_before: datetime | None = None,
    *,
    sender_name: str = "",
    secret: bool = False,
) -> Message:
    """Store a mail and the job that sends it, in the current transaction.

    `cause` says why it is sent, in at most 200 characters; the same cause again gives the mail
    that is there already and sends nothing. `headers` may hold a Message-ID, else it gets one.
    `sender_name` stands before the site's address. `secret` is for a mail with a link that lets in
    whoever follows it: nobody sees its words at the desk, and they are not kept once it is sent.

    Raises ValueError for an address that is none and for headers that are the site's own.
    """
    if not cause or len(cause) > MAX_CAUSE or "\0" in cause:
        raise ValueError(f"A cause has 1 to {MAX_CAUSE} characters: {cause!r}")
    headers = addresses.checked_headers(headers or {})
    own_id = next((headers.pop(name) for name in list(headers) if name.lower() == "message-id"), "")
    values = {
        "to": addresses.checked(to),
        "sender_name": addresses.one_line(sender_name)[:200],
        "subject": addresses.one_line(subject),
        "headers": headers,
        "text": addresses.body_text(text),
        "html": addresses.body_text(html),
        "message_id": own_id[:300] or new_message_id(),
        "secret": secret,
    }
    with transaction.atomic():
        message, is_new = Message.objects.get_or_create(cause=cause, defaults=values)
        if is_new:
            enqueue(message, not_before)
    return message


def send_again(message: Message) -> bool:
    """Queue a mail once more that failed, was cancelled, or has no confirmation.

    False if somebody was quicker, or its words are no longer kept.
    """
    with transaction.atomic():
        waiting = Message.objects.filter(
            pk=message.pk, state__in=Message.MAY_GO_AGAIN, emptied_at=None
        )
        if not waiting.update(state=Message.State.QUEUED, last_error=""):
            return False
        enqueue(message)
    return True


def cancel(message: Message) -> bool:
    """Do not send a mail that still waits; False if it no longer does."""
    waiting = Message.objects.filter(pk=message.pk, state=Message.State.QUEUED)
    return bool(waiting.update(state=Message.State.CANCELLED))


def withdraw(causes: Iterable[str]) -> set[str]:
    """Forget the mails with these causes that still wait; gives the causes of those.

    Unlike a cancelled one such a mail never was, so its cause may come again.
    """
    waiting = Message.objects.select_for_update().filter(
        cause__in=list(causes), state=Message.State.QUEUED
    )
    with transaction.atomic():
        found = {message.pk: message.cause for message in waiting}
        # Its job finds nothing to send; one that is sending it right now finds that before the
        # last byte.
        Message.objects.filter(pk__in=found).delete()
    return set(found.values())


def enqueue(message: Message, not_before: datetime | None = None) -> None:
    later = not_before and not_before > timezone.now()
    job = deliver.using(run_after=not_before) if later else deliver
    job.enqueue(message.pk)


def new_message_id() -> str:
    """An identifier that no other mail has: RFC 5322 3.6.4."""
    return f"<{uuid.uuid4().hex}@{addresses.ascii_domain(settings.SITE_HOST)}>"


def goes_to_folder() -> bool:
    """Whether no mail leaves this machine, because no mail server is set."""
    return settings.MAIL_TRANSPORT == "folder"
