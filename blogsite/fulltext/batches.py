"""Much, some at a time, so that neither memory nor transactions grow with it."""

from collections.abc import Iterable, Iterator
from itertools import islice

SIZE = 200  # texts at once: some MB


def in_batches(things: Iterable, size: int = SIZE) -> Iterator[list]:
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch
