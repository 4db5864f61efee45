"""The site under measure: `manage.py serve`, on the measured core, and what its processes use."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from blogsite.bench import programs, seeding
from blogsite.bench.asking import Connection
from blogsite.bench.linux import children_of, command_of, computed, resident
from blogsite.bench.programs import Failed

UNKEPT = {"PAGECACHE_MB": "0"}  # every page is made anew


class Site:
    """A running site: where it listens, and its processes."""

    def __init__(self, port: int, pid: int):
        self.port, self.pid = port, pid

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self) -> Connection:
        return Connection(self.port)

    @property
    def workers(self) -> list[int]:
        """The processes that answer requests."""
        return [pid for pid in children_of(self.pid) if "--parent" not in command_of(pid)]

    def memory(self) -> float:
        """Megabytes that the largest worker holds now."""
        return max(resident(pid) for pid in self.workers)

    def cpu(self) -> float:
        """Seconds that the workers have computed so far, in all their threads."""
        return sum(computed(pid) for pid in self.workers)


@contextmanager
def serving(var_dir: Path, *options: str, **variables: str) -> Iterator[Site]:
    """A site without a job worker; `variables` are added to its environment."""
    with _serve(var_dir, "--no-worker", *options, **variables) as site:
        yield site


@contextmanager
def serving_with_jobs(var_dir: Path, **variables: str) -> Iterator[Site]:
    with _serve(var_dir, **variables) as site:
        yield site


@contextmanager
def _serve(var_dir: Path, *options: str, **variables: str) -> Iterator[Site]:
    port = programs.free_port()
    command = [sys.executable, "manage.py", "serve", *options]
    env = seeding.environ(var_dir, PORT=str(port), **variables)
    path = var_dir / "serve.log"
    try:
        with (
            path.open("wb") as log,
            programs.started(command, port, env=env, stdout=log, stderr=log) as process,
        ):
            yield Site(port, process.pid)
    except Failed as problem:
        raise Failed(f"{problem} What the site said is in {path}.") from problem
