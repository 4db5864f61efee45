"""How much the renderer is willing to do for one text.

A refusal must come fast and the same way every time, so limits count characters and
steps of the parser, never seconds.
"""

import re
from dataclasses import dataclass
from html import escape

from django.utils.translation import gettext as _

# 250,000 characters are about 40,000 words: a short novel, or five very long posts.
MAX_POST = 250_000
# A comment as long as a long post. The form may ask for less.
MAX_VISITOR = 20_000
MAX_INLINE = 5_000
# Some rules of the parser look at the rest of the paragraph for each character, so their
# work grows with the square of it. The longest real paragraph we met has 9,000 characters.
MAX_PARAGRAPH = 20_000
# A nested quote costs three Python frames; 50 of them stay far from the recursion limit.
MAX_NESTING = 50
# Measured: 250,000 characters of dense real Markdown take about 150,000 steps.
MAX_STEPS = 200_000
MAX_BLOCK_STEPS = 200_000
# Three formatting tags left open are a slip, hundreds multiply in every later paragraph.
MAX_OPEN_TAGS = 30

SURROGATES = re.compile("[\ud800-\udfff]")


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
    """`source` without halves of surrogate pairs, which no UTF-8 file can hold."""
    return SURROGATES.sub("\ufffd", source)


def unrendered(source: str) -> str:
    """Safe HTML that shows `source` as it was typed, with a sentence that says why."""
    note = _("This text is too long or too deeply nested to be laid out, so it is shown as typed.")
    return (
        f'<p class="unrendered-note">{escape(note)}</p>\n'
        f'<pre class="unrendered">{escape(source, quote=False)}</pre>\n'
    )
