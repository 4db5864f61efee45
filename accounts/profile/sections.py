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


def profile(user: User) -> Section:
    sentence = _("Your name, picture, links, and what you say of yourself.")
    return Section(_("Profile"), reverse("accounts:profile"), sentence)


def data(user: User) -> Section:
    return Section(
        _("Your data"), reverse("accounts:data"), _("All that is kept about you, as a file.")
    )


def leave(user: User) -> Section:
    return Section(_("Leave"), reverse("accounts:leave"), _("Remove your account."))


SECTIONS.append(profile)
# Whatever apps above add stands before these.
LAST = [data, leave]
