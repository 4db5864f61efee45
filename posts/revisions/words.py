"""Two texts word by word: lines first, then the words within the lines that changed."""

import re
from collections.abc import Iterator

from posts.rendering.plain import count_plain_words
from posts.revisions.sequences import Effort, opcodes

# A word, one sign of a script written without blanks, blanks, or one mark of anything else.
TOKEN = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
    r"|(?:(?![\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f])\w)+"
    r"|\n|[^\S\n]+|[^\w\s]"
)

Change = tuple[str, str]  # what stands on the left and what on the right; equal where kept


def changed_blocks(left: str, right: str, effort: Effort | None = None) -> Iterator[Change]:
    """Both texts in blocks of whole lines; a block is equal on both sides or changed."""
    lines, others = left.splitlines(keepends=True), right.splitlines(keepends=True)
    for _tag, start, end, other, other_end in opcodes(lines, others, effort):
        yield "".join(lines[start:end]), "".join(others[other:other_end])


def changed_words(left: str, right: str, effort: Effort | None = None) -> list[Change]:
    """Two stretches in pieces of whole words; a piece is equal on both sides or changed."""
    words, others = TOKEN.findall(left), TOKEN.findall(right)
    pieces = [
        ("".join(words[start:end]), "".join(others[other:other_end]))
        for _tag, start, end, other, other_end in opcodes(words, others, effort)
    ]
    return joined(pieces)


def joined(pieces: list[Change]) -> list[Change]:
    """`pieces` without crumbs: blanks alone between two changes belong to the change."""
    whole: list[Change] = []
    for place, (left, right) in enumerate(pieces):
        is_crumb = left == right and left.isspace() and 0 < place < len(pieces) - 1
        follows_change = bool(whole) and whole[-1][0] != whole[-1][1]
        if follows_change and (is_crumb or left != right):
            whole[-1] = (whole[-1][0] + left, whole[-1][1] + right)
        else:
            whole.append((left, right))
    return whole


def count_changes(left: str, right: str) -> tuple[int, int]:
    """How many words came and how many went from `left` to `right`."""
    added = removed = 0
    effort = Effort()
    for old, new in changed_blocks(left, right, effort):
        if old == new:
            continue
        for gone, come in changed_words(old, new, effort):
            if gone != come:
                removed += count_plain_words(gone)
                added += count_plain_words(come)
    return added, removed
