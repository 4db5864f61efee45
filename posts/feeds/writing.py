"""What our feeds have in common on top of Django's."""

from datetime import UTC, datetime
from xml.sax.saxutils import escape, quoteattr

# An empty feed has never changed; Django would say "now", and every answer would differ.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class Elements:
    """Writes an element without children in one piece: Python's own way takes ten.

    In place of the `SimplerXMLGenerator` of a feed that Django writes, for its items, in which
    `legible` has left nothing that XML may not hold.
    """

    def __init__(self, generator):
        self.generator = generator
        self.startElement, self.endElement = generator.startElement, generator.endElement

    def addQuickElement(self, name, contents=None, attrs=None):
        attributes = "".join(
            f" {key}={quoteattr(value)}" for key, value in sorted((attrs or {}).items())
        )
        rest = f">{escape(contents)}</{name}>" if contents else "/>"
        # What SAX has for text that stands in the document as it is.
        self.generator.ignorableWhitespace(f"<{name}{attributes}{rest}")


class QuickItems:
    """Mixin: items in one piece for each element."""

    def write_items(self, handler):
        super().write_items(Elements(handler))


class SteadyFeed:
    """Mixin: the same posts always give the same bytes, and so the same ETag."""

    def prepare(self, posts: list) -> None:
        """Called once with all posts of the document, before any is written.

        The place for one query about all of them, such as a number of comments; each item
        holds its post under `post`.
        """

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)
