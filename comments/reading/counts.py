"""How many comments the posts of a list have: one query for all of them."""

from collections.abc import Iterable

from blogsite.prepared import Prepared
from comments import topics
from comments.models import Discussion
from posts.models import Post


def count_comments(posts: Iterable[Post]) -> dict[int, int]:
    """The number of approved comments by the key of their post; posts without any are left out."""
    keys = [post.pk for post in posts]
    if not keys:
        return {}
    with topics.reading(keys):
        return dict(counts_of(keys=keys))


@Prepared
def counts_of(keys):
    counted = Discussion.objects.filter(post__in=keys, approved_count__gt=0)
    return counted.values_list("post", "approved_count")
