"""A kept page against nginx with a file and against a bare application with the same bytes."""

from collections import defaultdict
from typing import NamedTuple

from blogsite.bench import rivals, wrk
from blogsite.bench.asking import Answer, Connection, expect
from blogsite.bench.linux import computed_by_all
from blogsite.bench.run import Row, Run, middle
from blogsite.bench.serving import Site, serving

ENCODINGS = ["gzip", "br", "zstd"]


class Target(NamedTuple):
    name: str
    url: str
    size: int  # bytes of the body
    pid: int  # of the server's first process
    headers: dict[str, str] = {}


def measure(run: Run) -> list[Row]:
    path = run.places["post, 5 comments"][0]
    site = run.open.enter_context(serving(run.var_dir))
    with site.connect() as connection:
        page = warm(connection, path)
        own = list(own_targets(site, connection, path, page))
        others = list(other_targets(run, page))
        loads = load_all(run, [*others, *own])
        return [*rows(run, loads, [*others, *own]), *head_rows(run, connection, path)]


def warm(connection: Connection, path: str, **headers: str) -> Answer:
    """What a page is answered with once it was asked for before."""
    for _time in range(3):
        answer = expect(connection.get(path, **headers), 200, path)
    return answer


def own_targets(site: Site, connection: Connection, path: str, page: Answer):
    url = site.url + path
    yield Target("kept page", url, len(page.body), site.pid)
    for encoding in ENCODINGS:
        packed = warm(connection, path, Accept_Encoding=encoding)
        got = packed.headers.get("content-encoding", "not packed")
        name = f"kept page, {encoding}" + ("" if got == encoding else f" ({got})")
        yield Target(name, url, len(packed.body), site.pid, {"Accept-Encoding": encoding})
    if etag := page.headers.get("etag"):
        expect(connection.get(path, If_None_Match=etag), 304, f"{path} with its own ETag")
        yield Target("kept page, 304", url, 0, site.pid, {"If-None-Match": etag})


def other_targets(run: Run, page: Answer):
    """Beginning with those that all are compared with."""
    size = len(page.body)
    file = run.open.enter_context(rivals.nginx(run.scratch, page.body))
    yield Target("nginx, a file", file.url, size, file.pid)
    app = run.open.enter_context(rivals.bare(run.scratch, page, with_headers=False))
    yield Target("bare application", app.url, size, app.pid)
    app = run.open.enter_context(rivals.bare(run.scratch, page, with_headers=True))
    yield Target("bare application, our headers", app.url, size, app.pid)
    size = (run.scratch / "root/page.html.gz").stat().st_size
    yield Target("nginx, gzip_static", file.url, size, file.pid, {"Accept-Encoding": "gzip"})


class Load(NamedTuple):
    rate: float  # requests a second
    p50: float  # milliseconds
    p99: float
    cpu: float  # microseconds that the server computed for a request


def load_all(run: Run, targets: list[Target]) -> dict[tuple[str, int], list[Load]]:
    loads = defaultdict(list)
    for connections in run.connections:
        for target in run.rounds(targets):
            loads[target.name, connections].append(load(target, connections, run.seconds))
    return loads


def load(target: Target, connections: int, seconds: float) -> Load:
    before = computed_by_all(target.pid)
    found = wrk.load(target.url, connections, seconds, target.headers)
    computed = computed_by_all(target.pid) - before
    return Load(found.rate, found.p50, found.p99, computed / max(1, found.requests) * 1e6)


def rows(run: Run, loads, targets: list[Target]) -> list[Row]:
    nginx, bare = targets[0].name, targets[1].name
    return [
        {
            "what": target.name,
            "KB": round(target.size / 1000, 1),
            "connections": connections,
            "rps": round(of(loads, target.name, connections, "rate")),
            "p50 ms": of(loads, target.name, connections, "p50"),
            "p99 ms": of(loads, target.name, connections, "p99"),
            "CPU µs": round(of(loads, target.name, connections, "cpu"), 1),
            "of nginx": ratio(loads, target.name, nginx, connections, "rate"),
            "of bare": ratio(loads, target.name, bare, connections, "rate"),
            "p99 of bare": ratio(loads, target.name, bare, connections, "p99"),
        }
        for connections in run.connections
        for target in targets
    ]


def of(loads, name: str, connections: int, column: str) -> float:
    return middle([getattr(load, column) for load in loads[name, connections]])


def ratio(loads, name: str, other: str, connections: int, column: str) -> float:
    """The middle of the ratios of each round, since the machine's own speed drifts."""
    pairs = zip(loads[name, connections], loads[other, connections], strict=True)
    ratios = [getattr(one, column) / (getattr(two, column) or 1) for one, two in pairs]
    return round(middle(ratios), 2)


def head_rows(run: Run, connection: Connection, path: str) -> list[Row]:
    """By our own client: wrk waits for the body that an answer to HEAD does not have."""
    seconds = defaultdict(list)
    for method in run.rounds(["GET", "HEAD"]):
        for _number in range(run.asks * 10):
            answer = expect(connection.get(path, method), 200, f"{method} {path}")
            seconds[method].append(answer.seconds)
    return [
        {
            "what": f"kept page, {method} by a client of our own",
            "connections": 1,
            "p50 ms": round(middle(seconds[method]) * 1000, 3),
        }
        for method in ["GET", "HEAD"]
    ]
