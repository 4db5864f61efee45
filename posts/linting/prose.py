"""Rules for the words."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posts.linting.finding import Finding
from posts.linting.reading import Reading

MAX_WORDS = 250  # of a paragraph; a screen of a phone holds about 100


def find(text, reading: Reading, targets) -> Iterator[Finding]:
    if reading.refused:
        message = _(
            "The text is too long or too deeply nested to be laid out: readers see it as typed, and "
            "the rest of it cannot be checked. Divide it."
        )
        yield Finding("text-unrendered", message)
    for paragraph in reading.paragraphs:
        if paragraph.words > MAX_WORDS:
            message = _("This paragraph has %(words)d words. Divide it.")
            told = message % {"words": paragraph.words}
            yield Finding("paragraph-long", told, paragraph.line, f"{paragraph.line}")
