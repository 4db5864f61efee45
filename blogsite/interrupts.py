"""Ctrl-C reaches every process of a terminal; only the first of them should act on it."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def deaf_to_ctrl_c() -> Iterator[None]:
    """Processes started within never see SIGINT, from their first instruction on.

    A child that blocks it by itself does so too late: until then Python ends with a traceback.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
