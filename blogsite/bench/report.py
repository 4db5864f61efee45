"""What a run found: tables for people, JSON for programs."""

import json
import os
import platform
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

from blogsite.bench.programs import ROOT
from blogsite.bench.run import Row

LEFT = "what"  # the column of words; all others are numbers


def table(heading: str, rows: list[Row]) -> str:
    """A table in Markdown, which reads well on a terminal too."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    cells = [columns, *([shown(row.get(column, "")) for column in columns] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(columns))]
    lines = [
        "| " + " | ".join(padded(*cell) for cell in zip(line, widths, columns, strict=True)) + " |"
        for line in cells
    ]
    ruler = "|".join(
        "-" * (width + 1) + ("-" if column == LEFT else ":")
        for width, column in zip(widths, columns, strict=True)
    )
    return "\n".join([f"## {heading}", "", lines[0], f"|{ruler}|", *lines[1:], ""])


def shown(value: str | float) -> str:
    if isinstance(value, float):
        return f"{value:,.3f}".rstrip("0").rstrip(".")
    return f"{value:,}" if isinstance(value, int) else value


def padded(text: str, width: int, column: str) -> str:
    return text.ljust(width) if column == LEFT else text.rjust(width)


def machine() -> dict[str, str | float]:
    """Where and when a run was: without it, its numbers say nothing."""
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "python": f"{platform.python_version()} ({platform.python_compiler()})",
        "system": platform.platform(),
        "processor": processor(),
        "cores": os.cpu_count() or 0,
        "load": round(os.getloadavg()[0], 2),
    }


def commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607 - whichever git there is
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    return done.stdout.strip() or "unknown"


def processor() -> str:
    known = Path("/proc/cpuinfo")
    lines = known.read_text().splitlines() if known.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def preface(about: dict) -> str:
    before, after = about["before"]["load"], about["after"]["load"]
    said = [f"{name}: {value}" for name, value in about["before"].items() if name != "load"]
    return "\n".join([*said, f"load: {before} before, {after} after; 1 is a run by itself", ""])


def write(path: Path, about: dict, results: dict[str, list[Row]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps({"about": about, "results": results}, indent=1) + "\n")
    print(f"Written to {path}", file=sys.stderr)
