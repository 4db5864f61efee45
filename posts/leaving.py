"""What stays of somebody who leaves: the name above their posts, and no way in that they opened."""

from django.dispatch import receiver
from django.utils import timezone

from accounts.leaving import person_leaves
from accounts.leaving.removing import name_only
from posts.models import Byline, DraftLink, Post, Redirect
from posts.search import keep_in_step


@receiver(person_leaves)
def keep_bylines(sender, user, **kwargs):
    """Posts go on saying who wrote them, and the addresses of the author's page go on leading there."""
    bylines = Byline.objects.filter(user=user)
    if not bylines.exists():
        return
    author = name_only(user)
    posts = list(bylines.values_list("post_id", flat=True))
    bylines.update(user=author)
    keep_in_step(Post, posts)
    Redirect.objects.filter(author=user).update(author=author)


@receiver(person_leaves)
def end_draft_links(sender, user, **kwargs):
    DraftLink.objects.open().filter(made_by=user).update(revoked_at=timezone.now())
