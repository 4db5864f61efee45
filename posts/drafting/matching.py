"""Which lines of one text are lines of another."""

from posts.revisions.sequences import opcodes


def matching_lines(old: list[str], new: list[str]) -> list[tuple[int, int]]:
    """Pairs (number in `old`, number in `new`) of equal lines, both numbers rising."""
    return [
        pair
        for tag, start, end, other, other_end in opcodes(old, new)
        if tag == "equal"
        for pair in zip(range(start, end), range(other, other_end), strict=True)
    ]
