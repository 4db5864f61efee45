"""What a new password must be, besides what Django asks."""

from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from accounts.hashers import LONGEST_PASSWORD
from accounts.throttling import forgive


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
