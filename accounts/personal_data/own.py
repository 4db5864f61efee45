"""What this app and what stands below it keep about a person."""

from collections.abc import Callable, Iterator
from typing import BinaryIO

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.db.models import Q

from accounts.models import User
from accounts.personal_data import FILES, PARTS
from blogsite.audit.models import Event


def profile(user: User) -> tuple[str, dict]:
    return "profile", {
        "display_name": user.display_name,
        "handle": user.handle,
        "bio": user.bio,
        "links": user.link_list,
        "time_zone": user.time_zone,
        "picture": picture_path(user),
        "joined": user.date_joined,
        "last_signed_in": user.last_login,
        "is_active": user.is_active,
        "is_staff": user.is_staff,
        "is_administrator": user.is_superuser,
        "roles": sorted(user.groups.values_list("name", flat=True)),
        "leaves_at": user.leaves_at,
        "leaving": user.leaving,
    }


def addresses(user: User) -> tuple[str, list]:
    rows = EmailAddress.objects.filter(user=user).order_by("pk")
    return "addresses", list(rows.values("email", "verified", "primary"))


def connected(user: User) -> tuple[str, list]:
    """Accounts elsewhere that sign them in, with what those told about them; no token."""
    rows = SocialAccount.objects.filter(user=user).order_by("pk")
    return "connected", list(
        rows.values("provider", "uid", "date_joined", "last_login", "extra_data")
    )


def sessions(user: User) -> tuple[str, list]:
    rows = UserSession.objects.filter(user=user).order_by("pk")
    return "sessions", list(rows.values("created_at", "last_seen_at", "ip", "user_agent"))


def second_steps(user: User) -> tuple[str, list]:
    """That there is one, and since when; never what it is made of."""
    rows = Authenticator.objects.filter(user=user).order_by("pk")
    return "second_steps", list(rows.values("type", "created_at", "last_used_at"))


def events(user: User) -> tuple[str, Iterator]:
    """What they did, and what was done to their account; by whom is that person's own."""
    about = Q(target_type=User._meta.label_lower, target_id=str(user.pk))
    found = Event.objects.filter(Q(actor=user) | about).order_by("at", "pk")
    return "events", (facts_of(event, user) for event in found.iterator())


def facts_of(event: Event, user: User) -> dict:
    facts = {
        "at": event.at,
        "what": event.verb,
        "kind": event.target_type,
        "key": event.target_id,
    }
    if event.actor_id == user.pk:
        return facts | {"by": "you", "from": event.address, "browser": event.device}
    return facts | {"by": "somebody else"}


def picture(user: User) -> Iterator[tuple[str, Callable[[], BinaryIO]]]:
    if user.picture:
        yield picture_path(user), lambda: user.picture.storage.open(user.picture.name)


def picture_path(user: User) -> str:
    return f"picture.{user.picture.name.rpartition('.')[2]}" if user.picture else ""


PARTS += [profile, addresses, connected, sessions, second_steps, events]
FILES.append(picture)
