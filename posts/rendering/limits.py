"""How much the renderer is willing to do for one text.

A refusal must come fast and the same way every time, so limits count characters and
steps of the parser, never seconds.
"""

import re
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

# 200,000 characters are about 30,000 words; the longest post among our samples has 44,000.
MAX_POST = 200_000
# A comment as long as a long post. The form may ask for less.
MAX_VISITOR = 20_000
MAX_INLINE = 5_000
# Some rules of the parser look at the rest of the paragraph for each character, so their
# work grows with the square of it. The longest real paragraph we met has 9,000 characters.
MAX_PARAGRAPH = 20_000
# A nested quote costs three Python frames; 50 of them stay far from the recursion limit.
MAX_NESTING = 50
# Measured on real posts; a step is one look of the parser at one place.
MAX_STEPS = 100_000
MAX_BLOCK_STEPS = 60_000
# A paragraph makes three tokens, a table cell three, so this is 10,000 of either.
MAX_TOKENS = 30_000
# The HTML parser's work grows with the square of the depth, and each tag may be one deeper.
MAX_RAW_TAGS = 4_000
# Three formatting tags left open are a slip, hundreds multiply in every later paragraph.
MAX_OPEN_TAGS = 30

UNFIT = re.compile("[\0\ud800-\udfff]")


class TooMuch(Exception):
    """The text asks for more work than we do."""


@dataclass
class Budget:
    """What is left for one text; kept in the parser's `env`, so threads do not share it."""

    steps: int = MAX_STEPS
    block_steps: int = MAX_BLOCK_STEPS

    def step(self) -> None:
        self.steps -= 1
        if self.steps < 0:
            raise TooMuch

    def block_step(self) -> None:
        self.block_steps -= 1
        if self.block_steps < 0:
            raise TooMuch


def names(text: str) -> frozenset[str]:
    """The words of `text`: a list of names that stays readable."""
    return frozenset(text.split())


def tidy(source: str) -> str:
    """`source` without NUL and halves of surrogate pairs, which no page can hold."""
    return UNFIT.sub("\ufffd", source)


def unrendered(source: str) -> str:
    """Safe HTML that shows `source` as it was typed, with a sentence that says why.

    The one HTML that does not pass nh3: there is no markup in it to clean, and for a million
    `&` nh3 would take ten seconds.
    """
    note = _("This text is too long or too deeply nested to be laid out, so it is shown as typed.")
    return (
        f'<p class="unrendered-note">{escape(note)}</p>\n'
        f'<pre class="unrendered">{escape(source, quote=False)}</pre>\n'
    )
