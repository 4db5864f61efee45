"""The programs of a run: found, started on a core of their own, and ended with the run."""

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
PACKAGES = {"wrk": "wrk", "nginx": "nginx-light"}  # each program and its package in Debian
PATIENCE = 120  # seconds until a server that does not answer is an error
STOP_SECONDS = 45


class Missing(Exception):
    """One sentence on what must be installed first."""


class Failed(Exception):
    """One sentence on what went wrong while measuring: an error, never mere slowness."""


def find(name: str) -> str:
    """The path of a program; raises Missing. Debian keeps nginx where only root looks."""
    path = shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        raise Missing(
            f"{name} is not installed (Debian and Ubuntu: apt-get install {PACKAGES[name]})."
        )
    return path


def find_all() -> None:
    """Raises Missing, with all that is missing in one sentence."""
    missing = [name for name in PACKAGES if is_missing(name)]
    if missing:
        packages = " ".join(PACKAGES[name] for name in missing)
        raise Missing(
            f"{' and '.join(missing)} must be installed for this"
            f" (Debian and Ubuntu: apt-get install {packages})."
        )


def is_missing(name: str) -> bool:
    try:
        find(name)
    except Missing:
        return True
    return False


def cores() -> tuple[set[int], set[int]]:
    """The core for what is measured, and the one for what asks; the same where there is but one."""
    if not hasattr(os, "sched_getaffinity"):  # not Linux: the system deals them out
        return set(), set()
    allowed = sorted(os.sched_getaffinity(0))
    return {allowed[0]}, {allowed[-1]}


MEASURED, ASKING = cores()


@contextmanager
def running_on(wanted: set[int]) -> Iterator[None]:
    """Let this process, and all that it starts meanwhile, run on the cores `wanted` alone."""
    if not wanted:
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, wanted)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


@contextmanager
def started(command: list[str], port: int, **options) -> Iterator[subprocess.Popen]:
    """A server on the measured core, once it listens at `port`; ended with the block."""
    with running_on(MEASURED):
        process = subprocess.Popen(  # noqa: S603 - our own commands
            command, stdin=subprocess.DEVNULL, start_new_session=True, cwd=ROOT, **options
        )
    try:
        wait_until_listening(process, port)
        yield process
    finally:
        stop(process)


def wait_until_listening(process: subprocess.Popen, port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if process.poll() is not None:
            raise Failed(f"{process.args} ended with {process.returncode} before it listened.")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.005)
    raise Failed(f"{process.args} did not listen within {PATIENCE} seconds.")


def stop(process: subprocess.Popen) -> None:
    """End a server and whatever it started: kindly first, and then all of its group."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return server.getsockname()[1]
