"""Whether the numbers are right, told from a few of them: for the doctor, who is not to take long."""

from collections.abc import Iterator

from django.contrib.auth import get_user_model
from django.db.models import F, Q, Sum

from posts.models import Byline, Post, Series, Tag, Tagging, Tally
from posts.tallies.kinds import ROWS

NEWEST = 5  # of each kind of thing
NEWEST_POSTS = 100
THINGS = {Tally.Kind.TAG: Tag, Tally.Kind.SERIES: Series, Tally.Kind.AUTHOR: get_user_model()}


def is_right() -> bool:
    """Whether the newest tags, authors, series and links are counted as they are, and the site."""
    return not wrong_copies() and all(is_counted(kind, key) for kind, key in things())


def things() -> Iterator[tuple[str, int]]:
    yield Tally.Kind.SITE, 0
    for kind, model in THINGS.items():
        for key in model.objects.order_by("-pk").values_list("pk", flat=True)[:NEWEST]:
            yield kind, key


def is_counted(kind: str, key: int) -> bool:
    tallies = Tally.objects.filter(kind=kind, key=key, period="")
    known = tallies.aggregate(total=Sum("number"))["total"] or 0
    return known == ROWS[kind].of(key).filter(published_at__isnull=False).count()


def wrong_copies() -> bool:
    """Whether a link of one of the newest posts has another date than its post."""
    dated = Post.objects.filter(published_at__isnull=False).order_by("-published_at")
    newest = list(dated.values_list("pk", flat=True)[:NEWEST_POSTS])
    differs = Q(published_at=None) | ~Q(published_at=F("post__published_at"))
    return any(
        links.objects.filter(differs, post__in=newest).exists() for links in (Tagging, Byline)
    )
