"""What the linter says of one place of a text."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    BLOCKS = "blocks"  # holds back publishing until mended or waved through
    WARNS = "warns"  # is a mistake most of the time
    HINT = "hint"  # is worth a look


# Each rule and how much it weighs; docs/linting.md says more of each.
RULES = {
    "picture-alt": Severity.BLOCKS,
    "cover-alt": Severity.BLOCKS,
    "picture-broken": Severity.BLOCKS,
    "link-broken": Severity.BLOCKS,
    "link-unpublished": Severity.BLOCKS,
    "link-fragment": Severity.BLOCKS,
    "link-external": Severity.WARNS,
    "link-moved": Severity.HINT,
    "picture-large": Severity.HINT,
    "picture-remote": Severity.HINT,
    "heading-level": Severity.WARNS,
    "heading-order": Severity.WARNS,
    "fence-language": Severity.WARNS,
    "fence-unclosed": Severity.WARNS,
    "sample-broken": Severity.WARNS,
    "paragraph-long": Severity.WARNS,
    "title-missing": Severity.WARNS,
    "title-long": Severity.WARNS,
    "summary-missing": Severity.HINT,
    "summary-long": Severity.WARNS,
    "text-unrendered": Severity.WARNS,
}
SHOWN = 200  # characters of an address or a word of the author's that a message repeats


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it is, and in a sentence what it is and what to do.

    `line` is counted from 1 in the Markdown; None where it is about the text as a whole. `about`
    tells two findings of a rule apart even when lines move, such as the address of a link.
    """

    rule: str
    message: str
    line: int | None = None
    about: str = ""
    waived: str = ""  # the reason for which somebody let it through

    @property
    def severity(self) -> Severity:
        return RULES[self.rule]

    @property
    def key(self) -> tuple[str, str]:
        """What makes it the same finding after the text has changed around it."""
        return self.rule, self.about

    @property
    def blocks(self) -> bool:
        return self.severity == Severity.BLOCKS and not self.waived


def shown(words: str) -> str:
    """`words` of the author's as a message repeats them: on one line and not too long."""
    line = " ".join(words[: SHOWN * 2].split())
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
