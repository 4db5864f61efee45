"""What comments add to the start page of an account."""

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import User
from accounts.profile.sections import SECTIONS, Section


def mail(user: User) -> Section | None:
    sentence = _("Which answers you hear of, and how to hear of fewer.")
    if not user.email:
        return None
    return Section(_("Mail about comments"), reverse("comments:own_mail"), sentence)


SECTIONS.append(mail)
