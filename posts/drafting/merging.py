"""Two versions of a text that come from a third: one text out of both.

Lines are compared, as in every tool for source code. Where only one side changed something, its
lines are taken; where both did, both stand in the merged text between three marker lines, and
somebody has to choose.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from posts.drafting.matching import matching_lines

BEGIN, MIDDLE, END = "<<<<<<<", "=======", ">>>>>>>"
YOURS = "yours"
# With the words that stand behind ours: a post may well show the markers of another tool.
MARKER = re.compile(rf"{BEGIN} {YOURS}|{END} (?:saved|revision \d+)")


@dataclass(frozen=True)
class Merged:
    text: str
    conflicts: list[int] = field(default_factory=list)  # the lines, from 1, that begin one


def merge3(base: str, mine: str, theirs: str, their_name: str = "saved") -> Merged:
    """`mine` and `theirs`, which both come from `base`, as one text; line ends are kept."""
    if mine == theirs or theirs == base:
        return Merged(mine)
    if mine == base:
        return Merged(theirs)
    line_end = line_end_of(theirs or mine)
    lines, conflicts = [], []
    for parts in regions(*map(lines_of, (base, mine, theirs))):
        chosen = choose(*parts)
        if chosen is None:
            conflicts.append(len(lines) + 1)
            chosen = both(parts[1], parts[2], their_name, line_end)
        lines += separate(lines, chosen, line_end)
    return Merged("".join(lines), conflicts)


def merge_without_base(mine: str, theirs: str, their_name: str = "saved") -> Merged:
    """The same where nobody knows what both come from: all that differs is a conflict."""
    ours, others = lines_of(mine), lines_of(theirs)
    common = [theirs_line for _mine, theirs_line in matching_lines(ours, others)]
    return merge3("".join(others[n] for n in common), mine, theirs, their_name)


def marker_lines(text: str) -> list[int]:
    """The numbers, from 1, of the lines that begin or end a conflict that `merge3` marked."""
    return [n for n, line in enumerate(text.split("\n"), 1) if MARKER.fullmatch(line.strip())]


def regions(base, mine, theirs) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """The three texts cut at the same places: lines all have, and what lies between those."""
    to_mine = dict(matching_lines(base, mine))
    to_theirs = dict(matching_lines(base, theirs))
    at = (0, 0, 0)
    for line in sorted(to_mine.keys() & to_theirs.keys()):
        place = (line, to_mine[line], to_theirs[line])
        if place != at:
            yield between(base, mine, theirs, at, place)
        yield [base[line]], [base[line]], [base[line]]
        at = tuple(number + 1 for number in place)
    yield between(base, mine, theirs, at, (len(base), len(mine), len(theirs)))


def between(base, mine, theirs, start, end):
    return tuple(lines[a:b] for lines, a, b in zip((base, mine, theirs), start, end, strict=True))


def choose(base, mine, theirs) -> list[str] | None:
    """The lines on which both sides agree, or which only one has changed; None in a conflict."""
    if mine == theirs or theirs == base:
        return mine
    return theirs if mine == base else None


def both(mine, theirs, their_name, line_end) -> list[str]:
    return [
        f"{BEGIN} {YOURS}{line_end}",
        *ended(mine, line_end),
        f"{MIDDLE}{line_end}",
        *ended(theirs, line_end),
        f"{END} {their_name}{line_end}",
    ]


def ended(lines, line_end) -> list[str]:
    """`lines`, the last of them with a line end even where the text ended without one."""
    return [*lines[:-1], lines[-1].rstrip("\n") + line_end] if is_open(lines) else lines


def separate(before, lines, line_end) -> list[str]:
    """`lines` to be put behind `before`, which may have been the end of its text."""
    if is_open(before) and lines:
        before[-1] += line_end
    return lines


def is_open(lines) -> bool:
    return bool(lines) and not lines[-1].endswith("\n")


def lines_of(text: str) -> list[str]:
    """The lines with their ends. Only a line feed ends one; Python knows a dozen more."""
    return re.findall(r"[^\n]*\n|[^\n]+", text)


def line_end_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"
