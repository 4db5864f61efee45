"""What belongs to one text while it is converted."""

from collections.abc import Callable
from dataclasses import dataclass, field

from posts.importers.html.tree import Node


@dataclass
class Footnote:
    label: str
    content: Node
    is_used: bool = False


@dataclass
class Conversion:
    language: str = ""  # of code that names none
    kept: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    wanted_ids: set[str] = field(default_factory=set)  # that links of the text itself lead to
    notes: dict[str, Footnote] = field(default_factory=dict)  # by the id of their place
    # Set by `blocks`, so that modules of parts need not import the whole that imports them.
    blocks: Callable = lambda *_: []

    def keep(self, what: str) -> None:
        self.kept.append(what)

    def code(self, text: str) -> str:
        """Note down `text` as a block of code of the source."""
        self.codes.append(text)
        return text
