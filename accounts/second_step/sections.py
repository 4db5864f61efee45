"""What the start page of an account says about keeping it safe."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile.sections import SECTIONS, Section
from accounts.second_step import demand


def second_step(user: User) -> Section:
    if demand.second_steps_of(user).exists():
        sentence = _("Your passkeys, your app and your recovery codes.")
    else:
        sentence = _("You have none yet. A passkey keeps out whoever learns your password.")
    return Section(_("Second step"), reverse("mfa_index"), sentence)


def sessions(user: User) -> Section:
    sentence = _("The browsers that are signed in as you, and how to sign them out.")
    return Section(_("Where you are signed in"), reverse("usersessions_list"), sentence)


def activity(user: User) -> Section:
    sentence = _("Who signed in, who tried to, and what was changed.")
    return Section(_("What happened to your account"), reverse("accounts:activity"), sentence)


SECTIONS.extend([second_step, sessions, activity])
