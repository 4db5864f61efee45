"""Which handles somebody may take."""

from collections.abc import Callable

from accounts.models import User

# Apps above say here whether a handle still leads to somebody else, as one they had before.
CLAIMS: list[Callable[[str, User], bool]] = []


def is_taken(handle: str, user: User) -> bool:
    """Whether `handle` is or was somebody else's; whoever got it would get their visitors."""
    others = User.objects.exclude(pk=user.pk)
    if others.filter(handle__iexact=handle).exists():
        return True
    return any(claims(handle, user) for claims in CLAIMS)
