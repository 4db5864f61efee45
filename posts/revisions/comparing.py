"""Two revisions side by side: what a page shows of their difference."""

from collections.abc import Iterator
from dataclasses import dataclass

from posts.models import Revision
from posts.revisions.naming import Naming
from posts.revisions.sequences import Effort
from posts.revisions.snapshots import differences
from posts.revisions.words import Change, changed_blocks, changed_words

CONTEXT = 2  # unchanged lines that stay in sight above and below a change
FOLDED_FROM = 3  # lines; fewer are no gain

# Signs for what cannot be seen, where a change consists of nothing else.
VISIBLE = str.maketrans({" ": "·", "\t": "⇥", "\r": "␍", "\n": "⏎\n", "\u00a0": "⍽"})


@dataclass(frozen=True)
class Piece:
    """Some words of one side."""

    text: str
    is_change: bool


@dataclass(frozen=True)
class Kept:
    """Lines that are the same on both sides, the middle of a long stretch folded."""

    above: str
    folded: str
    below: str

    is_change = False

    @property
    def folded_lines(self) -> int:
        return len(self.folded.splitlines())


@dataclass(frozen=True)
class Changed:
    """Lines that are not; both sides hold the words that stayed as well."""

    left: list[Piece]
    right: list[Piece]

    is_change = True


@dataclass(frozen=True)
class ChangedField:
    name: str
    label: str
    change: Changed


@dataclass(frozen=True)
class Comparison:
    fields: list[ChangedField]
    blocks: list[Kept | Changed]

    @property
    def text_is_changed(self) -> bool:
        return any(block.is_change for block in self.blocks)

    @property
    def is_empty(self) -> bool:
        return not self.fields and not self.text_is_changed


def compare(old: Revision, new: Revision) -> Comparison:
    return Comparison(list(fields_of(old, new)), list(blocks_of(old.body, new.body)))


def fields_of(old: Revision, new: Revision) -> Iterator[ChangedField]:
    model = type(new.text)
    naming = Naming(model, [old.fields, new.fields])
    for name in differences(model, old.fields, new.fields):
        was, now = naming.value(name, old.fields), naming.value(name, new.fields)
        yield ChangedField(name, naming.label(name), changed(was, now))


def blocks_of(left: str, right: str) -> Iterator[Kept | Changed]:
    effort = Effort()
    blocks = list(changed_blocks(left, right, effort))
    for place, (old, new) in enumerate(blocks):
        if old != new:
            yield changed(old, new, effort)
        else:
            yield folded(old, is_first=place == 0, is_last=place == len(blocks) - 1)


def changed(left: str, right: str, effort: Effort | None = None) -> Changed:
    pieces = changed_words(left, right, effort)
    return Changed(side(pieces, 0), side(pieces, 1))


def side(pieces: list[Change], which: int) -> list[Piece]:
    return [
        Piece(visible(piece[which]) if piece[0] != piece[1] else piece[which], piece[0] != piece[1])
        for piece in pieces
        if piece[which]
    ]


def visible(text: str) -> str:
    """`text`, with signs in it where it is nothing but blanks."""
    return text.translate(VISIBLE) if text.isspace() else text


def folded(text: str, is_first: bool, is_last: bool) -> Kept:
    """Unchanged lines, without those far from every change; some stay at the ends next to one."""
    lines = text.splitlines(keepends=True)
    above = 0 if is_first else CONTEXT
    below = 0 if is_last else CONTEXT
    if len(lines) - above - below < FOLDED_FROM:
        return Kept(text, "", "")
    end = len(lines) - below
    return Kept("".join(lines[:above]), "".join(lines[above:end]), "".join(lines[end:]))
