"""Kept pages are answered where the server hands a request over, before the event loop.

Granian hands each request to a scheduler, which calls into the loop's thread and starts a task
there. That takes a third of all the time that a kept page takes, and serves nothing where the answer
is there already. So ours looks first. docs/decisions/0008 has the numbers.

The scheduler is a private part of Granian. Where a later version has another one, nothing is lost
but that time: the gateway looks for kept pages itself. A test tells when that comes.
"""

import logging
from collections.abc import Callable

from granian import _futures

from blogsite.gateway.kept import KeptAnswers

PLACE = "_cbsched_aioschedule"  # what makes the function that takes over a request
log = logging.getLogger(__name__)


def take(kept: KeptAnswers) -> bool:
    """Look into `kept` before the loop, in this process; False where that is not possible."""
    make = getattr(_futures, PLACE, None)
    if make is None:
        return False
    setattr(
        _futures, PLACE, lambda loop, context, callback: before(kept, make(loop, context, callback))
    )
    return True


def before(kept: KeptAnswers, schedule: Callable) -> Callable:
    """`schedule`, for the requests alone that kept pages do not answer."""

    def schedule_or_answer(watcher):
        try:
            reply = kept.reply_now(watcher.scope)
        except Exception:  # the server would end the connection without a word
            log.exception("Looking for a kept page failed")
            reply = None
        if reply is None:
            schedule(watcher)
        else:
            watcher.proto.response_bytes(*reply)
            watcher.done()

    return schedule_or_answer
