"""The job that sends a mail, once.

SMTP has one moment of doubt: the last byte has left and no answer came. See
docs/decisions/0005-mail-is-sent-once.md for what is stored when, and why.
"""

import logging

from django.db import DatabaseError, InterfaceError, transaction
from django.utils import timezone

from blogsite.outgoing import last_byte, outcomes, transports
from blogsite.outgoing.database import insist
from blogsite.outgoing.jobs import MAIL_QUEUE, MAIL_TRIES, TryLater, job
from blogsite.outgoing.models import Message

State = Message.State
NO_ANSWER = "The worker was stopped while the mail server had the mail but had not answered yet."
MAX_ERROR = 1000  # characters
log = logging.getLogger("blogsite.outgoing")


class TakenOver(Exception):
    """Another attempt at the same mail has begun, or somebody cancelled it."""


@job(tries=MAIL_TRIES, queue=MAIL_QUEUE, takes_context=True)
def deliver(context, message_id: int) -> None:
    """Send the mail, if it still waits."""
    message = begin(message_id)
    if message is None:
        return
    worker = context.task_result.worker_ids[-1]
    try:
        with last_byte.Note(worker, message) as note:
            transports.send(message, lambda: mark(message, worker, note))
    except TakenOver:
        return
    except outcomes.NoAnswer as error:
        end(message, State.UNCONFIRMED, str(error))
    except outcomes.Refused as error:
        end(message, State.FAILED, str(error))
    except (DatabaseError, InterfaceError) as error:
        later(message, context.attempt, f"The database failed: {error}")
    except (outcomes.NotNow, OSError) as error:
        later(message, context.attempt, str(error))
    except Exception as error:
        log.exception("Mail %s cannot be sent", message.pk)
        later(message, context.attempt, f"{type(error).__name__}: {error}")
    else:
        end(message, State.SENT)


@transaction.atomic
def begin(message_id: int) -> Message | None:
    """The mail with a new attempt begun; None if there is nothing to send."""
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message and message.state == State.HANDING_OVER:
        settle_doubt(message)
    if not message or message.state != State.QUEUED:
        return None
    message.attempts += 1
    message.save(update_fields=["attempts"])
    return message


def settle_doubt(message: Message) -> None:
    """Say of a mail whose worker died handing it over whether it has to go again."""
    if last_byte.never_left(message):
        message.state = State.QUEUED
    else:
        message.state, message.last_error = State.UNCONFIRMED, NO_ANSWER
    message.save(update_fields=["state", "last_error"])


def mark(message: Message, worker: str, note: "last_byte.Note") -> None:
    """Store that the next byte completes the mail; then note that it is on its way."""
    note.open()
    # Really on the disk before the byte leaves, so never inside a transaction of somebody else's.
    with transaction.atomic(durable=True):
        marked = this_attempt(message, State.QUEUED).update(state=State.HANDING_OVER, worker=worker)
    if not marked:
        raise TakenOver
    note.write()


def end(message: Message, state: str, error: str = "") -> None:
    """Store how the mail ended. Insists, for otherwise a sent mail would count as doubtful."""
    before = [State.QUEUED, State.HANDING_OVER, State.UNCONFIRMED]
    values = {"state": state, "last_error": error[:MAX_ERROR].replace("\0", "")}
    if state == State.SENT:
        values["sent_at"] = timezone.now()
        if message.secret:
            values |= {"text": "", "html": "", "headers": {}}
    insist(lambda: this_attempt(message, *before).update(**values))


def later(message: Message, attempt: int, error: str) -> None:
    """Let the mail wait for the next attempt, or end it after the last."""
    if attempt >= MAIL_TRIES:
        end(message, State.FAILED, error)
        return
    end(message, State.QUEUED, error)
    raise TryLater(error)


def this_attempt(message: Message, *states: str):
    """The row, unless a later attempt has begun: then only that one may change it."""
    return Message.objects.filter(pk=message.pk, attempts=message.attempts, state__in=states)
