"""Which lines of one text are lines of another."""

from bisect import bisect_left
from collections import Counter
from difflib import SequenceMatcher
from itertools import pairwise

# Lines times lines that difflib may compare in one go: in the worst case it is quadratic, and
# beyond this a text of nothing but equal lines would take minutes.
MOST_PAIRS = 40_000


def matching_lines(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs (number in `old`, number in `new`) of equal lines, both numbers rising.

    What stands once in each text holds the rest in place, as a reader would see it; what lies
    between two such lines is compared line by line while it is short.
    """
    pairs = []
    waiting = [(0, len(old), 0, len(new))]
    while waiting:
        ranges = waiting.pop()
        found, rest = match_ends(old, new, *ranges)
        pairs += found
        anchors = lines_in_order(old, new, *rest)
        if anchors:
            waiting += gaps_between(anchors, *rest)
            pairs += anchors
        else:
            pairs += match_closely(old, new, *rest)
    return sorted(pairs)


def match_ends(old, new, a, b, c, d):
    """The pairs at the head and the tail of old[a:b] and new[c:d], and the ranges that are left."""
    pairs = []
    while a < b and c < d and old[a] == new[c]:
        pairs.append((a, c))
        a, c = a + 1, c + 1
    while a < b and c < d and old[b - 1] == new[d - 1]:
        b, d = b - 1, d - 1
        pairs.append((b, d))
    return pairs, (a, b, c, d)


def lines_in_order(old, new, a, b, c, d) -> list[tuple[int, int]]:
    """Pairs of lines that stand once in each range, as many as stand in the same order."""
    places = places_of_single(new, c, d)
    single = places_of_single(old, a, b)
    return longest_rising([(single[line], places[line]) for line in single if line in places])


def places_of_single(lines, start, end) -> dict[str, int]:
    """The number of each line that stands once in the range."""
    counts = Counter(lines[start:end])
    return {lines[n]: n for n in range(start, end) if counts[lines[n]] == 1}


def longest_rising(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of `pairs`, sorted by their first, in which the second rises as well."""
    piles, tops = [], []  # patience sorting
    for first, second in pairs:
        place = bisect_left(tops, second)
        before = piles[place - 1] if place else None
        entry = (first, second, before)
        piles[place : place + 1] = [entry]
        tops[place : place + 1] = [second]
    rising = []
    entry = piles[-1] if piles else None
    while entry:
        rising.append(entry[:2])
        entry = entry[2]
    return rising[::-1]


def gaps_between(anchors, a, b, c, d) -> list[tuple[int, int, int, int]]:
    edges = [(a - 1, c - 1), *anchors, (b, d)]
    gaps = [(p + 1, q, r + 1, s) for (p, r), (q, s) in pairwise(edges)]
    return [gap for gap in gaps if gap[0] < gap[1] and gap[2] < gap[3]]


def match_closely(old, new, a, b, c, d) -> list[tuple[int, int]]:
    """The pairs that difflib finds; none where it would take too long."""
    if (b - a) * (d - c) > MOST_PAIRS:
        return []
    matcher = SequenceMatcher(None, old[a:b], new[c:d], autojunk=False)
    blocks = matcher.get_matching_blocks()
    return [(a + block.a + n, c + block.b + n) for block in blocks for n in range(block.size)]
