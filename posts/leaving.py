"""What stays of somebody who leaves: the name above their posts."""

from django.dispatch import receiver

from accounts.leaving import person_leaves
from accounts.leaving.removing import name_only
from posts.models import Byline, Redirect


@receiver(person_leaves)
def keep_bylines(sender, user, **kwargs):
    """Posts go on saying who wrote them, and the addresses of the author's page go on leading there."""
    bylines = Byline.objects.filter(user=user)
    if not bylines.exists():
        return
    author = name_only(user)
    bylines.update(user=author)
    Redirect.objects.filter(author=user).update(author=author)
