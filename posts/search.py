"""Finding posts by their words."""

import re
from functools import reduce
from operator import or_

from django.db.models import Q

from posts.models import Post

MAX_WORDS = 8  # further words of a query are ignored: each costs a scan of the texts


def words_of(query: str) -> list[str]:
    """The words of `query` that are looked for."""
    return query.replace("\0", " ").split()[:MAX_WORDS]


def find_posts(query: str):
    """Published posts that hold every word of `query` in title, summary, tag or text."""
    words = words_of(query)
    posts = Post.objects.published()
    for word in words:
        posts = posts.filter(
            Q(title__icontains=word)
            | Q(summary__icontains=word)
            | Q(body_text__icontains=word)
            | Q(pk__in=Post.tags.through.objects.filter(tag__name__iexact=word).values("post"))
        )
    return posts if words else posts.none()


def suggest_posts(path: str, limit: int = 5):
    """Published posts whose slug shares words with the address `path` that led nowhere."""
    words = [word for word in re.split(r"[\W_]+", path) if len(word) > 3][:MAX_WORDS]
    if not words:
        return Post.objects.none()
    by_word = reduce(or_, (Q(slug__icontains=word) for word in words))
    return Post.objects.published().filter(by_word).newest_first().without_text()[:limit]
