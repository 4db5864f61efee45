"""What the start page of an account leads to. Apps above add their own, from their `ready`:

sections.SECTIONS.append(lambda user: Section(_("Mail"), reverse("..."), _("What you hear of.")))
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User


@dataclass(frozen=True)
class Section:
    """A page about somebody's account, and a sentence that says what is there."""

    name: str
    address: str
    sentence: str


SECTIONS: list[Callable[[User], Section | None]] = []


def sections_for(user: User) -> list[Section]:
    """The pages of `user`, in the order in which they were added."""
    return [section for make in [*SECTIONS, *LAST] if (section := make(user))]


def desk(user: User) -> Section | None:
    """For whoever works here: nothing on the pages of the site leads there."""
    if not user.is_staff:
        return None
    sentence = _("Where you write, edit, moderate or run this site, by what you may.")
    return Section(_("Desk"), reverse("admin:index"), sentence)


def profile(user: User) -> Section:
    sentence = _("Your name, picture, links, and what you say of yourself.")
    return Section(_("Profile"), reverse("accounts:profile"), sentence)


def data(user: User) -> Section:
    return Section(
        _("Your data"), reverse("accounts:data"), _("All that is kept about you, as a file.")
    )


def leave(user: User) -> Section:
    return Section(_("Leave"), reverse("accounts:leave"), _("Remove your account."))


SECTIONS.extend([desk, profile])
# Whatever apps above add stands before these.
LAST = [data, leave]
