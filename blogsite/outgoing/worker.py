"""The worker: a process with a few threads that run what is due."""

import logging
import threading
import time
from collections.abc import Callable
from contextlib import contextmanager

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from blogsite.outgoing import leases, periodic, running
from blogsite.outgoing.jobs import QUEUES

# Each lane: the queues it serves, and its threads. The first is there for all that is not mail,
# when a mail server lets the others wait.
LANES = [(["default"], 1), (QUEUES, 3)]
POLL_SECONDS = 1
AFTER_ERROR_SECONDS = 5
STOP_SECONDS = 30  # a running job may take this long to finish when the worker stops
log = logging.getLogger("blogsite.outgoing")


def run_until_idle(queues: list[str] = QUEUES) -> int:
    """Run what is due, here and now, until nothing is; the number of jobs begun."""
    count = 0
    with registered() as me:
        while job := running.claim(me.pk, queues):
            running.run(job)
            count += 1
    return count


@contextmanager
def registered():
    me = leases.register()
    try:
        yield me
    finally:
        leases.retire(me)


def catch_up() -> int:
    """One turn of a worker that is not kept running: recover, begin rounds, run what is due."""
    periodic.discover()
    with registered() as me:
        leases.recover(me)
    periodic.begin_due()
    return run_until_idle()


def work(told_to_stop: Callable[[], bool]) -> bool:
    """Run jobs until told to stop; whether all that ran could be finished."""
    periodic.discover()
    crew = Crew()
    crew.start()
    while not told_to_stop():
        time.sleep(0.1)
    return crew.stop()


class Crew:
    """The threads of a worker process."""

    def __init__(self):
        self.me = leases.register()
        self.held = set()  # ids of jobs that a thread is running
        self.stopping = threading.Event()
        self.threads = [self.thread(self.keep)]
        for queues, count in LANES:
            turn = threading.Lock()
            self.threads += [self.thread(self.serve, queues, turn) for _ in range(count)]

    def thread(self, function: Callable, *arguments) -> threading.Thread:
        return threading.Thread(target=self.live, args=[function, *arguments], daemon=True)

    def start(self) -> None:
        for thread in self.threads:
            thread.start()

    def stop(self) -> bool:
        """Let the threads finish what they run; whether all did in time."""
        self.stopping.set()
        end = time.monotonic() + STOP_SECONDS
        for thread in self.threads:
            thread.join(max(0, end - time.monotonic()))
        done = not any(thread.is_alive() for thread in self.threads)
        if done:
            leases.retire(self.me)
        return done

    def live(self, function: Callable, *arguments) -> None:
        """Call the function again and again; a database that fails is waited for."""
        while not self.stopping.is_set():
            try:
                close_old_connections()
                function(*arguments)
            except (DatabaseError, InterfaceError) as error:
                log.warning("Waiting for the database: %s", str(error).strip())
                connection.close()
                self.stopping.wait(AFTER_ERROR_SECONDS)
            except Exception:
                log.exception("The worker goes on after an error")
                connection.close()
                self.stopping.wait(AFTER_ERROR_SECONDS)
        connection.close()

    def serve(self, queues: list[str], turn: threading.Lock) -> None:
        """Take a job and run it. Of the idle threads of a lane only one looks for work."""
        with turn:
            if self.stopping.is_set():
                return
            job = running.claim(self.me.pk, queues)
            if not job:
                self.stopping.wait(POLL_SECONDS)
                return
            self.held.add(job.pk)
        try:
            running.run(job)
        finally:
            self.held.discard(job.pk)

    def keep(self) -> None:
        """Show that this worker lives, and look after what others left and what comes round."""
        leases.beat(self.me)
        leases.recover(self.me, set(self.held))
        periodic.begin_due()
        self.stopping.wait(leases.BEAT_SECONDS)
