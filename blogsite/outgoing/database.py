"""Going on although the database is locked, full or away for a while."""

import logging
import time
from collections.abc import Callable

from django.db import InterfaceError, OperationalError, connection

PATIENCE = 300  # seconds; a restart or a backup is over by then
PAUSE = 1
log = logging.getLogger("blogsite.outgoing")


def insist(function: Callable, patience: float = PATIENCE):
    """What `function` returns, as soon as the database lets it; the last error after `patience`.

    For what must not be forgotten: that a mail was sent, that a job is done. Within a transaction
    the first error counts, for all of it is lost already.
    """
    end = time.monotonic() + patience
    while True:
        try:
            return function()
        except (OperationalError, InterfaceError) as error:
            if connection.in_atomic_block or time.monotonic() > end:
                raise
            log.warning("Waiting for the database: %s", str(error).strip())
            connection.close()
            time.sleep(PAUSE)
