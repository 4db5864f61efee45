"""What the start page of an account says about other sites, where one is named."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile.sections import SECTIONS, Section


def other_sites(user: User) -> Section | None:
    if not settings.SOCIALACCOUNT_PROVIDERS:
        return None
    sentence = _("Through which of them you can sign in here.")
    return Section(_("Other sites"), reverse("socialaccount_connections"), sentence)


SECTIONS.append(other_sites)
