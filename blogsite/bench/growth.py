"""The same pages of sites of different sizes, asked in turn: what grows with the number of posts.

As in `measures.pages` no page is kept. Every other request goes to the other site, so that both
meet the same machine.
"""

from collections import defaultdict
from contextlib import ExitStack
from itertools import cycle

from blogsite.bench.asking import expect
from blogsite.bench.measures.pages import STATUS, places_of
from blogsite.bench.run import Row, Run, middle
from blogsite.bench.serving import UNKEPT, serving

HEADING = "The same pages on sites of different sizes, p50 in ms"


def measure(runs: list[Run]) -> list[Row]:
    """A row for each kind of page; `runs` have one site each, the smallest first."""
    with ExitStack() as stack:
        asked = {}
        for run in runs:
            site = stack.enter_context(serving(run.var_dir, **UNKEPT))
            connection = stack.enter_context(site.connect())
            places = places_of(run, connection)
            asked[run.posts] = connection, {kind: cycle(paths) for kind, paths in places.items()}
        kinds = [kind for kind in places if all(kind in found for _c, found in asked.values())]
        seconds = ask_in_turn(runs[0], kinds, asked)
    return [row(kind, seconds[kind]) for kind in kinds]


def ask_in_turn(run: Run, kinds: list[str], asked: dict) -> dict[str, dict[int, list[float]]]:
    """Seconds of every request, by kind and number of posts."""
    seconds = defaultdict(lambda: defaultdict(list))
    for kind in run.rounds(kinds):
        for _number in range(run.asks):
            for posts, (connection, following) in asked.items():
                path = next(following[kind])
                answer = expect(connection.get(path), STATUS.get(kind, 200), path)
                seconds[kind][posts].append(answer.seconds)
    return seconds


def row(kind: str, seconds: dict[int, list[float]]) -> Row:
    medians = {posts: middle(found) for posts, found in seconds.items()}
    least = medians[min(medians)]
    found = {f"{posts:,} posts": round(each * 1000, 2) for posts, each in medians.items()}
    grown = {
        f"times at {posts:,}": round(medians[posts] / least, 2) for posts in sorted(medians)[1:]
    }
    return {"what": kind} | found | grown
