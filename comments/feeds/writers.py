"""The formats of comment feeds, and the formats of post feeds with their comments counted.

`slash:comments`, `wfw:commentRss` and the threading extension of Atom (RFC 4685) tell feed
readers how many comments a post has and where these are.
"""

from django.conf import settings

from blogsite.addresses import address
from comments.reading.counts import count_comments
from posts.feeds.atom import AtomFeed
from posts.feeds.formats import FORMATS
from posts.feeds.json_feed import JsonFeed
from posts.feeds.rss import RssFeed

THREADING = "http://purl.org/syndication/thread/1.0"
SLASH = "http://purl.org/rss/1.0/modules/slash/"
WELL_FORMED_WEB = "http://wellformedweb.org/CommentAPI/"


class CommentAtomFeed(AtomFeed):
    """Atom that says what each comment answers."""

    def root_attributes(self):
        return super().root_attributes() | {"xmlns:thr": THREADING}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        handler.addQuickElement("thr:in-reply-to", "", item["answered"] | {"type": "text/html"})


# Taken before the formats of posts are extended: a comment has no comments to count.
COMMENT_WRITERS = {"feed": CommentAtomFeed, "rss": RssFeed, "json_feed": JsonFeed}


class CountsComments:
    """Mixin: knows how many comments each post of the document has, with one query."""

    def prepare(self, posts):
        super().prepare(posts)
        self.counts = count_comments(posts)

    def count_for(self, item) -> str:
        return str(self.counts.get(item["post"].pk, 0))

    def address_of_comments(self, item, feed: str) -> str:
        return settings.SITE_URL + address(f"comments:post_{feed}", item["post"].slug)


class PostAtomFeed(CountsComments, AtomFeed):
    def root_attributes(self):
        return super().root_attributes() | {"xmlns:thr": THREADING}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        replies = {
            "rel": "replies",
            "type": FORMATS["feed"].mime_type,
            "href": self.address_of_comments(item, "feed"),
            "thr:count": self.count_for(item),
        }
        handler.addQuickElement("link", "", replies)
        handler.addQuickElement("thr:total", self.count_for(item))


class PostRssFeed(CountsComments, RssFeed):
    def rss_attributes(self):
        return super().rss_attributes() | {"xmlns:slash": SLASH, "xmlns:wfw": WELL_FORMED_WEB}

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item | {"comments": f"{item['link']}#comments"})
        handler.addQuickElement("slash:comments", self.count_for(item))
        handler.addQuickElement("wfw:commentRss", self.address_of_comments(item, "rss"))


def count_in_post_feeds() -> None:
    """Have the feeds of posts say how many comments there are."""
    FORMATS["feed"].writer = PostAtomFeed
    FORMATS["rss"].writer = PostRssFeed
