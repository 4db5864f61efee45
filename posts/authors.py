"""The people whose posts are here. They know nothing of posts, so the question is asked here."""

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, Q, QuerySet

from posts.models import Byline
from posts.tallies.groups import newest


def published_authors() -> QuerySet:
    """Everybody with a published post, with `newest_at` of these; nobody else has a page."""
    people = get_user_model()
    return people.objects.annotate(newest_at=newest(people)).exclude(newest_at=None)


def possible_authors() -> QuerySet:
    """Staff, those who wrote something already, and authors without a login; not every reader."""
    has_written = Exists(Byline.objects.filter(user=OuterRef("pk")))
    people = get_user_model().objects
    return people.filter(Q(is_staff=True) | Q(email=None) | has_written)
