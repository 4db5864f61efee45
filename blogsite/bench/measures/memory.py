"""What a worker holds after many different pages, and what a page costs that is asked for once.

Kept pages have their full limit here, so each page is made, packed and kept; nothing is a hit. The
first are asked for one after another, to see what each costs; the others many at a time, so that
all of the server's threads work, each with memory of its own for the database.
"""

from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from itertools import islice

from blogsite.bench import seeding
from blogsite.bench.asking import Connection, expect
from blogsite.bench.run import Row, Run, middle, worst
from blogsite.bench.serving import Site, serving

ALONE = 0.1  # of the pages, asked for one after another
AT_ONCE = 32


def measure(run: Run) -> list[Row]:
    paths = seeding.inside(run.var_dir, "crawl", str(run.crawled))
    first = round(len(paths) * ALONE)
    site = run.open.enter_context(serving(run.var_dir))
    with site.connect() as connection:
        expect(connection.get("/"), 200, "/")
    return [
        crawl(site, paths[:first], 1),
        crawl(site, paths[first:], AT_ONCE),
    ]


def crawl(site: Site, paths: list[str], at_once: int) -> Row:
    before = site.memory()
    with ExitStack() as stack, ThreadPoolExecutor(at_once) as threads:
        connections = [stack.enter_context(site.connect()) for _number in range(at_once)]
        shares = [islice(paths, place, None, at_once) for place in range(at_once)]
        found = threads.map(ask_all, connections, shares)
        seconds = [each for share in found for each in share]
    return {
        "what": f"{len(paths):,} pages, {at_once} at a time",
        "p50 ms": round(middle(seconds) * 1000, 2),
        "p99 ms": round(worst(seconds) * 1000, 2),
        "MB before": round(before),
        "MB after": round(site.memory()),
    }


def ask_all(connection: Connection, paths) -> list[float]:
    """Seconds of each request. Some tags have no third page, which is an answer too."""
    seconds = []
    for path in paths:
        answer = connection.get(path)
        if answer.status != 404:
            expect(answer, 200, path)
        seconds.append(answer.seconds)
    return seconds
