"""What two sequences have in common: the engine below every comparison of texts.

Python's difflib and the textbook's table need time by the product of two lengths; a text of
100,000 words is theirs to wait for. Here runs that both sides share are found by what occurs once
on each side (the "patience" way), and what is left between these is compared by table only where it
is short. So time grows with the length, and the result follows what a writer moved and kept.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Hashable, Iterator, Sequence

MAX_TABLE = 10_000  # cells; 100 words against 100 others
MAX_CELLS = 1_500_000  # of all tables of one comparison: less than a second
MAX_DEPTH = 12  # how often a stretch is taken apart; each time costs its length once more

Span = tuple[int, int, int, int]  # from and to on the left, from and to on the right
Opcode = tuple[str, int, int, int, int]  # with "equal" or "replace" before it


class Effort:
    """What a comparison may still spend on tables.

    Each is small, but a text of a million signs can ask for ten thousand of them.
    """

    def __init__(self):
        self.cells = MAX_CELLS

    def allows(self, cells: int) -> bool:
        """Whether a table of so many is drawn; it is paid for then."""
        if cells > min(MAX_TABLE, self.cells):
            return False
        self.cells -= cells
        return True


def opcodes(
    left: Sequence[Hashable], right: Sequence[Hashable], effort: Effort | None = None
) -> list[Opcode]:
    """Stretches that cover both sides from beginning to end: "equal" or "replace", in turns.

    Either side of a "replace" may be empty. Comparisons that belong together share one `effort`.
    """
    merged: list[list] = []
    for tag, *span in pieces(left, right, effort or Effort()):
        if span[0] == span[1] and span[2] == span[3]:
            continue
        if merged and merged[-1][0] == tag:
            merged[-1][2], merged[-1][4] = span[1], span[3]
        else:
            merged.append([tag, *span])
    return [tuple(each) for each in merged]


def pieces(left: Sequence, right: Sequence, effort: Effort) -> Iterator[Opcode]:
    """The same, not yet joined to the longest stretches."""
    # A stack and no recursion: the next stretch in the order of the text lies on top.
    todo: list[tuple[str, Span, int]] = [("", (0, len(left), 0, len(right)), 0)]
    while todo:
        tag, span, depth = todo.pop()
        if tag:
            yield (tag, *span)
        else:
            todo += reversed(taken_apart(left, right, span, depth, effort))


def taken_apart(left, right, span: Span, depth: int, effort: Effort) -> list[tuple[str, Span, int]]:
    """`span` in parts: equal, replaced, or (without a tag) to be taken apart further."""
    start, end, other, other_end = span
    while start < end and other < other_end and left[start] == right[other]:
        start, other = start + 1, other + 1
    tail = 0
    while end - tail > start and other_end - tail > other:
        if left[end - tail - 1] != right[other_end - tail - 1]:
            break
        tail += 1
    inner = (start, end - tail, other, other_end - tail)
    return [
        ("equal", (span[0], start, span[2], other), depth),
        *between(left, right, inner, depth, effort),
        ("equal", (end - tail, end, other_end - tail, other_end), depth),
    ]


def between(left, right, span: Span, depth: int, effort: Effort) -> list[tuple[str, Span, int]]:
    """What lies between an equal beginning and an equal end."""
    start, end, other, other_end = span
    if start == end or other == other_end:
        return [("replace", span, depth)]
    anchors = anchors_in(left, right, span) if depth < MAX_DEPTH else []
    if anchors:
        return split_at(anchors, span, depth + 1)
    if effort.allows((end - start) * (other_end - other)):
        return [(tag, part, depth) for tag, part in by_table(left, right, span)]
    return [("replace", span, depth)]


def anchors_in(left, right, span: Span) -> list[tuple[int, int]]:
    """Places of what occurs once on each side, as many as stand in the same order on both."""
    start, end, other, other_end = span
    once_left = Counter(left[start:end])
    once_right = Counter(right[other:other_end])
    place_of = {
        right[place]: place for place in range(other, other_end) if once_right[right[place]] == 1
    }
    pairs = [
        (place, place_of[left[place]])
        for place in range(start, end)
        if once_left[left[place]] == 1 and left[place] in place_of
    ]
    return longest_rising(pairs)


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest choice of `pairs`, sorted by the first number, whose second number rises too."""
    ends: list[int] = []  # the smallest last number of a choice of each length
    last: list[int] = []  # the index of that pair
    before: list[int] = []  # for each pair, the index of the one before it in its choice
    for index, (_place, value) in enumerate(pairs):
        length = bisect_left(ends, value)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(value)
            last.append(index)
        else:
            ends[length], last[length] = value, index
    chosen = []
    index = last[-1] if last else -1
    while index >= 0:
        chosen.append(pairs[index])
        index = before[index]
    return chosen[::-1]


def split_at(anchors, span: Span, depth: int) -> list[tuple[str, Span, int]]:
    start, end, other, other_end = span
    parts = []
    for place, value in anchors:
        parts.append(("", (start, place, other, value), depth))
        parts.append(("equal", (place, place + 1, value, value + 1), depth))
        start, other = place + 1, value + 1
    parts.append(("", (start, end, other, other_end), depth))
    return parts


def by_table(left, right, span: Span) -> Iterator[tuple[str, Span]]:
    """The longest common subsequence of two short stretches, one item a step."""
    start, end, other, other_end = span
    rows = common_lengths(left[start:end], right[other:other_end])
    i, j = 0, 0
    while start + i < end and other + j < other_end:
        here = (start + i, other + j)
        if left[here[0]] == right[here[1]]:
            yield "equal", (here[0], here[0] + 1, here[1], here[1] + 1)
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            yield "replace", (here[0], here[0] + 1, here[1], here[1])
            i += 1
        else:
            yield "replace", (here[0], here[0], here[1], here[1] + 1)
            j += 1
    yield "replace", (start + i, end, other + j, other_end)


def common_lengths(left, right) -> list[list[int]]:
    """How much is common to the rests of both from each pair of places on."""
    rows = [[0] * (len(right) + 1) for _each in range(len(left) + 1)]
    for i in range(len(left) - 1, -1, -1):
        for j in range(len(right) - 1, -1, -1):
            rows[i][j] = (
                rows[i + 1][j + 1] + 1
                if left[i] == right[j]
                else max(rows[i + 1][j], rows[i][j + 1])
            )
    return rows
