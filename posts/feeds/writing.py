"""What our feeds have in common on top of Django's."""

from datetime import UTC, datetime

# An empty feed has never changed; Django would say "now", and every answer would differ.
NEVER = datetime(1970, 1, 1, tzinfo=UTC)


class SteadyFeed:
    """Mixin: the same posts always give the same bytes, and so the same ETag."""

    def prepare(self, posts: list) -> None:
        """Called once with all posts of the document, before any is written.

        The place for one query about all of them, such as a number of comments; each item
        holds its post under `post`.
        """

    def latest_post_date(self):
        return max((item["updateddate"] for item in self.items), default=NEVER)
