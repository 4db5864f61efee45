"""An edit in one process, and the very next request to every other.

The page is asked for in turn while somebody else edits it: kept by each process before the edit,
it must be the new one in the first answer after.
"""

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from blogsite.bench import seeding
from blogsite.bench.asking import Connection, expect
from blogsite.bench.linux import holder_of
from blogsite.bench.programs import ASKING, ROOT, Failed, running_on
from blogsite.bench.run import Row, Run, middle, worst
from blogsite.bench.serving import Site, serving

WORKERS = 2
MOST_CONNECTIONS = 200  # tried until each worker has one


def measure(run: Run) -> list[Row]:
    path = run.places["post, 5 comments"][0]
    site = run.open.enter_context(serving(run.var_dir, WEB_WORKERS=str(WORKERS)))
    stale, seconds, edits = 0, [], run.asks * run.repeats
    with connections_to_all(site) as connections, editor(run) as edit:
        for number in range(edits):
            for connection in connections:
                expect(connection.get(path), 200, path)
            title = f"Edited {number} times"
            edit(path.strip("/").rpartition("/")[2], title)
            saved = time.perf_counter()
            answers = [connection.get(path) for connection in connections]
            seconds.append(time.perf_counter() - saved)
            stale += sum(title.encode() not in answer.body for answer in answers)
    return [
        {
            "what": f"{edits} edits, the next request to each of {len(site.workers)} processes",
            "answers": edits * len(connections),
            "stale": stale,
            "p50 ms": round(middle(seconds) * 1000, 1),
            "p99 ms": round(worst(seconds) * 1000, 1),
        }
    ]


@contextmanager
def connections_to_all(site: Site) -> Iterator[list[Connection]]:
    """Connections, at least one of them to each worker."""
    with ExitStack() as stack:
        connections, reached = [], set()
        while len(reached) < WORKERS:
            if len(connections) == MOST_CONNECTIONS:
                raise Failed(f"Of {WORKERS} workers {len(reached)} took a connection.")
            connections.append(stack.enter_context(site.connect()))
            expect(connections[-1].get("/robots.txt"), 200, "/robots.txt")
            reached.add(holder_of(connections[-1], site.workers))
        yield connections


@contextmanager
def editor(run: Run):
    """What saves another title for a post, in a process of its own that has read the site."""
    with running_on(ASKING):
        process = subprocess.Popen(
            [sys.executable, "-m", "blogsite.bench.inside", "edit"],
            cwd=ROOT,
            env=seeding.environ(run.var_dir),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def edit(slug: str, title: str) -> None:
        process.stdin.write(f"{slug} {title}\n")
        process.stdin.flush()
        if process.stdout.readline() != "saved\n":
            raise Failed("An edit failed.")

    try:
        yield edit
    finally:
        process.communicate()
