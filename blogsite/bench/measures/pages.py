"""Pages made anew for every request, one request at a time.

The site keeps no pages here (PAGECACHE_MB=0); what it remembers beside them, such as its settings,
it does remember. Each request is for another page of its kind, as a crawler would ask.
"""

import json
from collections import defaultdict
from itertools import cycle

from blogsite.bench import seeding
from blogsite.bench.asking import Connection, expect
from blogsite.bench.programs import Failed
from blogsite.bench.run import Row, Run, middle, worst
from blogsite.bench.serving import UNKEPT, Site, serving

LISTED = "/posts/?page="
DEEPEST = "deepest page"
STATUS = {"not found": 404}


def measure(run: Run) -> list[Row]:
    site = run.open.enter_context(serving(run.var_dir, **UNKEPT))
    with site.connect() as connection:
        places = places_of(run, connection)
        seconds, computed = ask_all(run, site, connection, places)
    counted = count_queries(run, places)
    return [
        {
            "what": kind,
            "p50 ms": round(middle(seconds[kind]) * 1000, 2),
            "p99 ms": round(worst(seconds[kind]) * 1000, 2),
            "CPU ms": round(middle(computed[kind]) * 1000, 2),
            "queries": counted[kind],
        }
        for kind in places
    ]


def places_of(run: Run, connection: Connection) -> dict[str, list[str]]:
    """Addresses by kind, the deepest page of the list among them; each is asked for once."""
    places = {kind: list(paths) for kind, paths in run.places.items()}
    number = deepest(connection)
    places[DEEPEST] = [f"{LISTED}{max(2, number - back)}" for back in range(5)]
    for kind, paths in places.items():
        paths[:] = [path for path in paths if is_there(connection, path, kind)]
    return {kind: paths for kind, paths in places.items() if paths}


def is_there(connection: Connection, path: str, kind: str) -> bool:
    """Small sites have no post in some months, and empty tags; errors are none of that."""
    status = connection.get(path).status
    if status >= 500:
        raise Failed(f"{path} was answered with {status}.")
    return status == STATUS.get(kind, 200)


def deepest(connection: Connection) -> int:
    """The last number of a page in the list of all posts; the first page goes by no number."""
    above = 2
    while connection.get(f"{LISTED}{above}").status == 200:
        above *= 2
    below = above // 2
    while above - below > 1:
        between = (above + below) // 2
        if connection.get(f"{LISTED}{between}").status == 200:
            below = between
        else:
            above = between
    return below


def ask_all(run: Run, site: Site, connection: Connection, places: dict[str, list[str]]):
    """Seconds of each request, and for each round what a request took of the processor."""
    seconds, computed = defaultdict(list), defaultdict(list)
    following = {kind: cycle(paths) for kind, paths in places.items()}
    for kind in run.rounds(list(places)):
        before = site.cpu()
        for _number in range(run.asks):
            path = next(following[kind])
            answer = expect(connection.get(path), STATUS.get(kind, 200), path)
            seconds[kind].append(answer.seconds)
        computed[kind].append((site.cpu() - before) / run.asks)
    return seconds, computed


def count_queries(run: Run, places: dict[str, list[str]]) -> dict[str, int]:
    paths = {kind: paths[0] for kind, paths in places.items()}
    counted = seeding.inside(run.var_dir, "queries", json.dumps(list(paths.values())))
    return {kind: counted[path] for kind, path in paths.items()}
