"""The job worker beside a server: started with it, replaced when it dies, stopped with it."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable

from django.conf import settings

from blogsite.interrupts import deaf_to_ctrl_c

STOP_SECONDS = 35  # a little longer than a worker gives its own jobs
FIRST_PAUSE, LONGEST_PAUSE = 1, 30  # seconds before a dead worker is replaced
HEALTHY_SECONDS = 60  # who lived so long did not die of starting
log = logging.getLogger(__name__)


class Companion:
    """One `manage.py worker` as a child of this process."""

    def __init__(self, told_to_stop: Callable[[], bool] = lambda: False):
        self.told_to_stop = told_to_stop
        self.ending = threading.Event()
        self.child = None
        self.thread = threading.Thread(target=self._attend, daemon=True)

    def start(self) -> None:
        self.thread.start()

    def stop(self) -> None:
        """End the worker, which may first finish what it runs."""
        self.ending.set()
        if self.thread.is_alive():
            self.thread.join()

    def _attend(self) -> None:
        pause = FIRST_PAUSE
        while not self._is_over():
            began = time.monotonic()
            self.child = launch()
            while self.child.poll() is None:
                if self._is_over():
                    end(self.child)
                    return
                self.ending.wait(0.2)
            if time.monotonic() - began > HEALTHY_SECONDS:
                pause = FIRST_PAUSE
            self._rest(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            if not self._is_over():
                log.warning("The job worker ended (%s); starting another", self.child.returncode)

    def _rest(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while time.monotonic() < until and not self._is_over():
            self.ending.wait(0.2)

    def _is_over(self) -> bool:
        return self.ending.is_set() or self.told_to_stop()


def launch() -> subprocess.Popen:
    manage = settings.BASE_DIR / "manage.py"
    with deaf_to_ctrl_c():
        return subprocess.Popen(  # noqa: S603 - our own command
            [sys.executable, str(manage), "worker", f"--parent={os.getpid()}"],
            stdin=subprocess.DEVNULL,
        )


def end(child: subprocess.Popen) -> None:
    child.send_signal(signal.SIGTERM)
    try:
        child.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()
