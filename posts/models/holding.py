"""Tags, authors and corrections of many posts, put at hand as prefetching does, without its cost.

A tag or a person that many of the posts have is one instance, made once.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.functions import Lower

from blogsite.prepared import Prepared
from posts.models.revision import Revision
from posts.models.tag import Tag


@Prepared
def tags_of(keys):
    links = apps.get_model("posts.Tagging").objects.filter(post__in=keys)
    return links.order_by(Lower("tag__name")).values_list("post_id", *columns("tag", Tag))


@Prepared
def authors_of(keys):
    links = apps.get_model("posts.Byline").objects.filter(post__in=keys)
    return links.order_by("position", "pk").values_list(
        "post_id", *columns("user", get_user_model())
    )


@Prepared
def corrections_of(keys):
    return Revision.objects.corrections().filter(post__in=keys)


def columns(link: str, model: type[Model]) -> list[str]:
    return [f"{link}__{name}" for name in names(model)]


def names(model: type[Model]) -> list[str]:
    """The columns of `model`, the key first; no list needs anybody's password."""
    return ["pk", *(field.attname for field in model._meta.concrete_fields if wanted(field))]


def wanted(field) -> bool:
    return not field.primary_key and field.name != "password"


def hold_bylines(posts: list) -> None:
    """Put tags and authors at hand: each post's `tag_list` and `author_list`."""
    if not posts:
        return
    keys = sorted({post.pk for post in posts})
    tags = by_post(Tag, tags_of(keys=keys))
    authors = by_post(get_user_model(), authors_of(keys=keys))
    for post in posts:
        post.held = {"tags": tags[post.pk], "authors": authors[post.pk]}


def by_post(model: type[Model], rows: Iterable[tuple]) -> dict[int, list]:
    """Instances of `model` by the key of the post in front of each of `rows`."""
    attributes = [model._meta.pk.attname, *names(model)[1:]]
    made, found = {}, defaultdict(list)
    for post, key, *values in rows:
        if key not in made:
            made[key] = model.from_db("default", attributes, [key, *values])
        found[post].append(made[key])
    return found


def hold_corrections(posts: list) -> None:
    """Put what readers are told was wrong at hand, in rows that say whether there is any."""
    keys = sorted(post.pk for post in posts if post.has_corrections)
    told = defaultdict(list)
    for revision in corrections_of(keys=keys) if keys else []:
        told[revision.post_id].append(revision)
    for post in posts:
        post.corrections = told[post.pk]
