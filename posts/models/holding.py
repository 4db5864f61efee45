"""Tags and authors of many posts, put at hand as prefetching does, without its cost."""

from collections import defaultdict

from django.apps import apps
from django.db.models import F

from blogsite.prepared import Prepared
from posts.models.tag import Tag


@Prepared
def tags_of(keys):
    """Once for each post that has it, with the key of that."""
    return Tag.objects.filter(taggings__post__in=keys).annotate(of_post=F("taggings__post_id"))


@Prepared
def bylines_of(keys):
    return apps.get_model("posts.Byline").objects.select_related("user").filter(post__in=keys)


def hold_bylines(posts: list) -> None:
    """Put tags and authors at hand, as prefetching does."""
    if not posts:
        return
    keys = sorted({post.pk for post in posts})
    tags, bylines = defaultdict(list), defaultdict(list)
    for tag in tags_of(keys=keys):
        tags[tag.of_post].append(tag)
    for byline in bylines_of(keys=keys):
        bylines[byline.post_id].append(byline)
    for post in posts:
        hold(post, "tags", tags[post.pk])
        hold(post, "bylines", bylines[post.pk])
        for byline in bylines[post.pk]:
            byline.post = post


def hold(post, name: str, rows: list) -> None:
    found = getattr(post, name).get_queryset()
    found._result_cache, found._prefetch_done = rows, True
    post.__dict__.setdefault("_prefetched_objects_cache", {})[name] = found
