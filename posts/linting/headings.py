"""Rules for headings."""

from collections.abc import Iterator
from itertools import pairwise

from django.utils.translation import gettext as _

from posts.linting.finding import Finding, shown
from posts.linting.reading import Heading, Reading


def find(text, reading: Reading, targets) -> Iterator[Finding]:
    for heading in reading.headings:
        if heading.level == 1:
            message = _(
                "The title of the text is the only heading of the first level. Begin with ##: %(text)s"
            )
            told = message % {"text": shown(heading.text)}
            yield Finding("heading-level", told, heading.line, heading.text)
    # A heading of the first level counts as one of the second: it has been told already.
    above = Heading(1, "", 0)
    for before, heading in pairwise([above, *reading.headings]):
        level = max(before.level, 2) if before.line else 1
        if heading.level > level + 1:
            message = _("This heading skips a level: write %(wanted)s in place of %(written)s.")
            marks = {"wanted": "#" * (level + 1), "written": "#" * heading.level}
            yield Finding("heading-order", message % marks, heading.line, heading.text)
