"""What Linux knows of a process."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from blogsite.bench.asking import Connection


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


def computed_by_all(pid: int) -> float:
    """Seconds of a server, with all the processes that it started."""
    return sum(computed(each) for each in [pid, *children_of(pid)])


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
