"""The site under measure: `manage.py serve`, on the measured core, and what its processes use."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from blogsite.bench import programs, seeding
from blogsite.bench.asking import Connection
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


# --- What Linux knows of a process --------------------------------------------


def children_of(pid: int) -> list[int]:
    return sorted(int(child) for text in of_tasks(pid, "children") for child in text.split())


def command_of(pid: int) -> str:
    return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()


def resident(pid: int) -> float:
    status = Path(f"/proc/{pid}/status").read_text()
    kilobytes = next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))
    return int(kilobytes) / 1024


def computed(pid: int) -> float:
    """Seconds; the first number of each `schedstat` is nanoseconds on a core."""
    return sum(int(text.split()[0]) for text in of_tasks(pid, "schedstat")) / 1e9


def of_tasks(pid: int, name: str) -> Iterator[str]:
    """What the file `name` says of each thread; one may end just now."""
    for task in Path(f"/proc/{pid}/task").iterdir():
        with suppress(FileNotFoundError, ProcessLookupError):
            yield task.joinpath(name).read_text()


def holder_of(connection: Connection, pids: list[int]) -> int | None:
    """Which of `pids` a connection leads to; None while it waits to be taken."""
    ours = connection.socket.getsockname()[1]
    ends = (line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:])
    sockets = {
        f"socket:[{fields[9]}]"
        for fields in ends
        if port_of(fields[1]) == connection.port and port_of(fields[2]) == ours
    }
    return next((pid for pid in pids if sockets & set(files_of(pid))), None)


def port_of(end: str) -> int:
    return int(end.rpartition(":")[2], 16)


def files_of(pid: int) -> Iterator[str]:
    for path in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(FileNotFoundError):
            yield os.readlink(path)
