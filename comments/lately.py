"""Which events the start page shows to moderators."""

from django.db.models import Q

from accounts.models import User
from blogsite.audit import verbs
from comments.models import MODERATE


def known_changes(user: User) -> Q | None:
    """The condition that `user` may know of an event, or None; see `blogsite.audit.lately`."""
    if not user.has_perm(MODERATE):
        return None
    return Q(verb__in=list(verbs.groups()["comments"].sentences))
