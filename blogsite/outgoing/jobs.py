"""Jobs: functions that run later, in the worker, until they succeed.

    @job
    def tell(comment_id): ...

    tell.enqueue(12)
    tell.using(run_after=tomorrow).enqueue(12)

The job is stored in the transaction of the change that caused it, so both happen or neither. It is
run again after any exception, and after its worker was killed; so it must be safe to run twice.
Its arguments are JSON: ids, not rows.
"""

import random
from collections.abc import Callable

from django_tasks import task

FIRST_WAIT = 5  # seconds until the second attempt; each further wait is twice the last
LONGEST_WAIT = 60 * 60
JITTER = 0.25  # of a wait, more or less, so that what failed together does not return together

# A mistake of ours is found and mended within hours; about half a day.
TRIES = 20
# RFC 5321 4.5.4.1 asks for four to five days of trying: ten quick attempts, then one an hour.
MAIL_TRIES = 106

# Of its own, so that a mail server that hangs never holds up other work.
MAIL_QUEUE = "mail"
QUEUES = ["default", MAIL_QUEUE]


class TryLater(Exception):
    """Not now; `after` so many seconds, or as the usual waits have it."""

    def __init__(self, why: str, after: float | None = None):
        super().__init__(why)
        self.after = after


class GiveUp(Exception):
    """Never; a person must look at it."""


def job(
    function: Callable | None = None,
    *,
    tries: int = TRIES,
    queue: str = "default",
    takes_context: bool = False,
):
    """Make a module's function a job, tried at most `tries` times.

    With `takes_context` its first argument `context` knows the number of this `attempt`.
    """

    def decorate(function):
        function.tries = tries
        return task(queue_name=queue, takes_context=takes_context)(function)

    return decorate(function) if function else decorate


def wait_after(attempt: int) -> float:
    """Seconds from the failure of this attempt, the first being 1, to the next one."""
    wait = min(FIRST_WAIT * 2 ** min(attempt - 1, 30), LONGEST_WAIT)
    return wait * random.uniform(1 - JITTER, 1 + JITTER)  # noqa: S311 - no secret
