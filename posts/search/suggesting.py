"""Posts while somebody types, and for an address that leads nowhere."""

import re

from blogsite.fulltext import TextQuery, parse
from blogsite.fulltext.parsing import Term
from blogsite.prepared import Prepared
from posts.models import Post
from posts.models.publication import time_of_readers
from posts.search.texts import POSTS
from posts.search.understanding import open_last, understand

MOST = 6
LOOKED_AT = 30  # hits that are asked whether readers may see them
MOST_WORDS = 6


def suggest(text: str, most: int = MOST) -> list[Post]:
    """Published posts for what has been typed so far: the last word may go on."""
    asked = understand(text)
    if not asked.query.terms or not asked.is_possible:
        return []
    if not text[-1:].isspace():
        open_last(asked.query)
    return published(POSTS.search(asked.query, LOOKED_AT, **asked.bounds).keys, most)


def like_address(path: str, most: int = 5) -> list[Post]:
    """Published posts that share words with an address, those that share most of them first."""
    words = [word for word in re.split(r"[\W_]+", path[:300]) if len(word) > 3][:MOST_WORDS]
    if not words:
        return []
    asked = understand("")
    shared: dict[int, int] = {}
    together = TextQuery(terms=[Term(word) for word in words])
    for query in [together, *(parse(word) for word in words)]:
        for key in POSTS.search(query, LOOKED_AT, **asked.bounds).keys:
            shared[key] = shared.get(key, 0) + (len(words) if query is together else 1)
    best = sorted(shared, key=shared.get, reverse=True)
    return published(best[:LOOKED_AT], most)


def published(keys: list[int], most: int) -> list[Post]:
    if not keys:
        return []
    found = {post.pk: post for post in links_to(now=time_of_readers(), keys=keys)}
    return [found[key] for key in keys if key in found][:most]


@Prepared
def links_to(now, keys):
    return Post.objects.published(now=now).filter(pk__in=keys).for_links().order_by()
