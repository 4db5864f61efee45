"""The three formats: where each lives below its subject, and who writes it."""

from dataclasses import dataclass

from django.utils.feedgenerator import SyndicationFeed

from posts.feeds.atom import AtomFeed
from posts.feeds.json_feed import JsonFeed
from posts.feeds.rss import RssFeed


@dataclass
class Format:
    """A format; `writer` may be replaced by a subclass from an app above."""

    name: str
    suffix: str  # the canonical address is that of the subject and this
    mime_type: str
    writer: type[SyndicationFeed]
    # What other blogs call theirs, so that a reader's old guess still works.
    aliases: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """Every ending of an address that means this format, without the last slash."""
        return (self.suffix.rstrip("/"), *self.aliases)


FORMATS = {
    "feed": Format(
        name="Atom",
        suffix="feed/",
        mime_type="application/atom+xml",
        writer=AtomFeed,
        aliases=("atom", "feed/atom", "atom.xml", "feed.xml"),
    ),
    "rss": Format(
        name="RSS",
        suffix="rss/",
        mime_type="application/rss+xml",
        writer=RssFeed,
        aliases=("feed/rss", "feed/rss2", "rss.xml", "index.xml"),
    ),
    "json_feed": Format(
        name="JSON Feed",
        suffix="feed.json",
        mime_type="application/feed+json",
        writer=JsonFeed,
        aliases=("feed/json",),
    ),
}


def suffix_for(alias: str) -> str:
    """The canonical suffix behind an alias, with or without its last slash; '' for neither."""
    plain = alias.rstrip("/")
    found = (each.suffix for each in FORMATS.values() if plain in each.aliases)
    return next(found, "")
