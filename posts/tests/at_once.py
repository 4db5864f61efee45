"""Several who write at the same moment, each with a connection of their own."""

import threading
from collections.abc import Callable, Sequence

from django.db import connection


def at_once(actions: Sequence[Callable[[], object]]) -> list[Exception]:
    """Run each in a thread; what went wrong."""
    barrier, errors = threading.Barrier(len(actions)), []

    def run(action):
        try:
            barrier.wait()
            action()
        except Exception as error:
            errors.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return errors
