"""What a new password must be, besides what Django asks."""

import re

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.hashers import LONGEST_PASSWORD
from accounts.throttling import forgive

# What somebody tries first who guesses at this very site; the words of its host are added.
WORDS_OF_EVERY_SITE = ["blogsite", "password", "admin", "blog", "login", "welcome"]
SHORTEST_WORD = 4  # letters; shorter parts of a host are too common to mean anything
FEWEST_OTHER_SIGNS = 8


class MaximumLengthValidator:
    """Any sign and any length up to a limit; nothing is trimmed or changed."""

    def __init__(self, max_length: int = LONGEST_PASSWORD):
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) > self.max_length:
            raise ValidationError(self.get_help_text(), code="password_too_long")

    def get_help_text(self):
        return ngettext(
            "Your password can have at most %(max_length)d character.",
            "Your password can have at most %(max_length)d characters.",
            self.max_length,
        ) % {"max_length": self.max_length}


class MoreThanTheSite:
    """Refuses the site's own words with a year or so behind them; as part of more they are fine."""

    def validate(self, password, user=None):
        rest = password.casefold()
        for word in sorted(words_of_the_site(), key=len, reverse=True):
            rest = rest.replace(word, "")
        if rest != password.casefold() and len(rest) < FEWEST_OTHER_SIGNS:
            raise ValidationError(self.get_help_text(), code="password_of_the_site")

    def get_help_text(self):
        return _("Your password must be more than a word that belongs to this site.")


def words_of_the_site() -> set[str]:
    """In small letters: of its software, its roles and its address."""
    of_host = re.split(r"[.-]", settings.SITE_HOST)
    words = [*WORDS_OF_EVERY_SITE, *roles.ROLES, *of_host]
    return {word.casefold() for word in words if len(word) >= SHORTEST_WORD}


class OpensTheAccount:
    """Asks for nothing: Django tells validators when a password was changed, by whichever way.

    Whoever sets one, by mail, at the desk or in a terminal, ends the waiting that others caused.
    """

    def validate(self, password, user=None):
        """Nothing is wrong with it."""

    def get_help_text(self):
        return ""

    def password_changed(self, password, user=None):
        if user is not None and user.pk:
            forgive(user)
