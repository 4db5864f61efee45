import sys

from django.core.management.base import CommandError
from django.utils.translation import gettext as _


def agree_to_removal(yes: bool, option: str) -> None:
    """Raise CommandError unless somebody agrees that all published content goes.

    `yes` is agreement given beforehand; `option` names how to give it.
    """
    if yes:
        return
    if not sys.stdin.isatty():
        raise CommandError(_("This removes everything published here. Add %s to agree.") % option)
    question = _("Remove everything that is published on this site, for good? Type yes: ")
    if input(question).strip().lower() != "yes":
        raise CommandError(_("Nothing was removed."))
