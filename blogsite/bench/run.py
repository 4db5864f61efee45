"""How a run is done: which site, how often, how long; and the middle of what came out."""

import random
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from statistics import median, quantiles

from blogsite.bench import seeding

Row = dict[str, str | float]


@dataclass
class Run:
    """One run. Servers that a measure starts in `open` end with the run's next measure."""

    var_dir: Path  # of the site
    scratch: Path
    posts: int
    repeats: int = 3  # rounds, in which all that is compared is asked in turn
    seconds: float = 2  # of load at once
    connections: tuple[int, ...] = (1, 32)  # that ask at once, where a load is measured
    asks: int = 40  # requests of a kind in a round, where one follows another
    crawled: int = 10_000  # different pages, for the memory
    comments: int = 1_000  # for durable storage, ten seconds at the wanted rate
    open: ExitStack = field(default_factory=ExitStack)

    @cached_property
    def places(self) -> dict[str, list[str]]:
        """Addresses on the site by kind of page; see `inside.addresses`."""
        return seeding.inside(self.var_dir, "addresses")

    def rounds(self, things: list) -> Iterator:
        """Each of `things` once a round, in another order each round: whatever else the machine
        does meets them alike."""
        order = random.Random(1)  # noqa: S311 - the same order in every run
        for _number in range(self.repeats):
            yield from order.sample(things, len(things))


def middle(numbers: list[float]) -> float:
    return median(numbers)


def worst(numbers: list[float]) -> float:
    """What one in a hundred is above; of few numbers, the largest."""
    return quantiles(numbers, n=100)[98] if len(numbers) >= 100 else max(numbers)


Measure = Callable[[Run], list[Row]]
