"""Whether a process still lives, as surely as the system can tell."""

import os
from pathlib import Path

PROC = Path("/proc")
STATE, START = 0, 19  # fields of /proc/PID/stat after the name: proc(5) counts them 3 and 22


def boot() -> str:
    """This run of this machine's kernel; empty where the system does not tell."""
    try:
        return (PROC / "sys/kernel/random/boot_id").read_text().strip()
    except OSError:
        return ""


def place() -> str:
    """Where process ids mean something: this boot of this machine, this container.

    Empty where the system does not tell.
    """
    try:
        return f"{boot()} {os.readlink(PROC / 'self/ns/pid')}" if boot() else ""
    except OSError:
        return ""


def born(pid: int) -> str:
    """When the process began, in ticks since the boot; empty if it is gone, or not known."""
    try:
        # The name before the bracket is the program's own choice and may hold anything.
        fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if fields[STATE] in "ZX" else fields[START]
