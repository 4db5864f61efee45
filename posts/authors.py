"""The people whose posts are here. They know nothing of posts, so the question is asked here."""

from datetime import datetime

from django.contrib.auth import get_user_model
from django.db.models import QuerySet

from posts.models import Byline, Post, Tally
from posts.tallies.groups import newest


def published_authors(now: datetime | None = None) -> QuerySet:
    """Everybody with a published post, with `newest_at` of these; nobody else has a page.

    `now` is for a prepared query.
    """
    people = get_user_model()
    return people.objects.annotate(newest_at=newest(people, now)).exclude(newest_at=None)


def possible_authors() -> QuerySet:
    """Staff, those who wrote something already, and authors without a login; not every reader."""
    people = get_user_model().objects
    staff, unable = people.filter(is_staff=True), people.filter(email=None)
    # Each from an index of its own, and not one by one from all readers. Of those who wrote, the
    # numbers of posts with a date are at hand, and drafts are few.
    dated = Tally.objects.filter(kind=Tally.Kind.AUTHOR, period="").values("key")
    drafting = Byline.objects.order_by().filter(post__in=Post.objects.drafts()).values("user")
    keys = staff.order_by().values("pk").union(unable.order_by().values("pk"), dated, drafting)
    return people.filter(pk__in=keys)
