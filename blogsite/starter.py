"""Ending the site together with the program that started it.

A site under a make has to, in every way that a make can end: `kill -9` tells nobody, and a SIGINT
to make alone is not handed on (Ctrl-C reaches the site by way of the terminal) but waited out
until the site ends by itself, which it never would.
"""

import os
import re
import signal
import threading
import time
from pathlib import Path

LOOKS = 5
BLOCKED_SIGNALS = re.compile(r"^SigBlk:\s*([0-9a-f]+)$", re.MULTILINE)


def stop_with_starter() -> None:
    """Stop this process, as SIGTERM does, once its parent is gone or was told to stop."""
    stop_with(os.getppid())


def stop_with(parent: int) -> None:
    """The same for a parent that may be gone by now, so that only the caller knows its id."""
    threading.Thread(target=_watch, args=[parent], daemon=True).start()


def _watch(starter: int) -> None:
    while os.getppid() == starter and not _is_interrupted(starter):
        time.sleep(0.5)
    os.kill(os.getpid(), signal.SIGTERM)


def _is_interrupted(pid: int) -> bool:
    """Whether the process is inside its handler of SIGINT, and so keeps the signal blocked.

    Whoever starts a program blocks it as well, for a moment: that is why one look is not enough.
    """
    for _ in range(LOOKS):
        if not _blocks_interrupts(pid):
            return False
        time.sleep(0.2)
    return True


def _blocks_interrupts(pid: int) -> bool:
    """Only Linux tells; elsewhere the answer is no."""
    try:
        blocked = BLOCKED_SIGNALS.search(Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return False
    return bool(blocked) and bool(int(blocked[1], 16) >> (signal.SIGINT - 1) & 1)
