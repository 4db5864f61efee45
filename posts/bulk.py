"""Changing many posts at once: all of it in one transaction, with a revision of each.

Every function takes the posts that `by` may change, and returns an `Outcome`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from posts import publishing, revisions
from posts.models import Byline, Post, Revision, Tag
from posts.search import keep_in_step


@dataclass
class Outcome:
    """Which posts were changed, and why the others were not: titles by reason."""

    changed: list[Post] = field(default_factory=list)
    skipped: dict[str, list[str]] = field(default_factory=dict)

    def skip(self, post: Post, reason: str) -> None:
        self.skipped.setdefault(reason, []).append(str(post))


def add_tags(posts: Iterable[Post], tags: list[Tag], by: User) -> Outcome:
    def change(post: Post) -> str:
        missing = set(tags) - set(post.tag_list)
        post.tags.add(*missing)
        return "" if missing else _("had these tags already")

    return change_each(posts, change, by)


def remove_tags(posts: Iterable[Post], tags: list[Tag], by: User) -> Outcome:
    def change(post: Post) -> str:
        carried = set(tags) & set(post.tag_list)
        post.tags.remove(*carried)
        return "" if carried else _("had none of these tags")

    return change_each(posts, change, by)


def name_authors(posts: Iterable[Post], people: list[User], by: User, *, instead: bool) -> Outcome:
    """Put `people` after the authors there are, or `instead` of them."""

    def change(post: Post) -> str:
        before = post.author_list
        after = people if instead else [*before, *(one for one in people if one not in before)]
        if after == before:
            return _("had these authors already")
        post.bylines.all().delete()
        Byline.objects.bulk_create(
            Byline(post=post, user=user, position=place) for place, user in enumerate(after)
        )
        keep_in_step(Post, [post.pk])
        return ""

    return change_each(posts, change, by)


@transaction.atomic
def schedule(posts: Iterable[Post], at: datetime, by: User) -> Outcome:
    """Let readers see `posts` from `at` on, a moment to come."""
    outcome = Outcome()
    for post in posts:
        if not post.is_to_come:
            outcome.skip(post, _("is public, or was"))
            continue
        try:
            revisions.remember_found(post.pk, Post)
            publishing.publish(post, by, at=at)
        except publishing.Blocked as blocked:
            outcome.skip(post, blocked.findings[0].message)
        else:
            outcome.changed.append(post)
    return outcome


@transaction.atomic
def change_each(posts: Iterable[Post], change: Callable[[Post], str], by: User) -> Outcome:
    """`change` each post; what it returns is the reason why there was nothing to change."""
    outcome = Outcome()
    for post in posts:
        before = revisions.found(post.pk, Post)
        if reason := change(post):
            outcome.skip(post, reason)
            continue
        # What was read before the change must not be taken for what there is now.
        post = Post.everything.get(pk=post.pk)
        revisions.keep_change(before, post, by=by, reason=Revision.Reason.CHANGED)
        outcome.changed.append(post)
    changed = Post.everything.filter(pk__in=[post.pk for post in outcome.changed])
    changed.update(modified_at=timezone.now())
    return outcome
