"""Rules for what stands around a text: its title and its summary."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posts.linting.finding import Finding
from posts.linting.reading import Reading
from posts.models.publication import DESCRIPTION_LENGTH
from posts.rendering import inline_text

MAX_TITLE = 60  # characters; search engines cut a longer title


def find(text, reading: Reading, targets) -> Iterator[Finding]:
    yield from title(text.title.strip())
    if hasattr(text, "summary"):
        yield from summary(text)


def title(words: str) -> Iterator[Finding]:
    if not words:
        message = _("There is no title. Lists and search results show the first words instead.")
        yield Finding("title-missing", message)
    elif len(words) > MAX_TITLE:
        message = _("The title has %(length)d characters; search results show the first %(most)d.")
        yield Finding("title-long", message % {"length": len(words), "most": MAX_TITLE})


def summary(text) -> Iterator[Finding]:
    words = inline_text(text.summary).strip()
    if not words:
        message = _(
            "There is no summary. Lists and search results show the first paragraph instead."
        )
        yield Finding("summary-missing", message)
    elif len(words) > DESCRIPTION_LENGTH:
        message = _(
            "The summary has %(length)d characters; search results show the first %(most)d."
        )
        yield Finding("summary-long", message % {"length": len(words), "most": DESCRIPTION_LENGTH})
