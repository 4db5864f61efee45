"""A text that was not saved, beside the one that is stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from posts.drafting.matching import matching_lines
from posts.models import WorkingCopy

AROUND = 3  # lines that did not change, shown on both sides of a change
SHOWN_FIELDS = ["title", "slug", "summary", "tag_names"]


@dataclass(frozen=True)
class Line:
    kind: str  # added, removed, same, or left_out for lines that are the same and not shown
    text: str


def compare(stored: str, written: str) -> list[Line]:
    """The lines of both with what has changed; long parts that are the same are left out."""
    return list(fold(all_lines(stored.splitlines(), written.splitlines())))


def all_lines(stored: list[str], written: list[str]) -> list[Line]:
    lines = []
    at, to = 0, 0
    for old, new in [*matching_lines(stored, written), (len(stored), len(written))]:
        lines += [Line("removed", text) for text in stored[at:old]]
        lines += [Line("added", text) for text in written[to:new]]
        lines += [Line("same", text) for text in stored[old : old + 1]]
        at, to = old + 1, new + 1
    return lines


def fold(lines: list[Line]) -> Iterator[Line]:
    changed = [number for number, line in enumerate(lines) if line.kind != "same"]
    near = {number + step for number in changed for step in range(-AROUND, AROUND + 1)}
    for number, line in enumerate(lines):
        if number in near:
            yield line
        elif number == 0 or number - 1 in near:
            yield Line("left_out", "")


def other_fields(copy: WorkingCopy) -> list[tuple[str, str]]:
    """What stands in the short fields of the copy, by the names of the form's fields."""
    return [
        (name, ", ".join(copy.fields[name]))
        for name in SHOWN_FIELDS
        if any(copy.fields.get(name, []))
    ]
