"""Who may sign in with an e-mail and a password."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import User


class PasswordBackend(AuthenticationBackend):
    """By the confirmed address of an account only, with the same work whether there is one.

    allauth's own also looks at addresses that wait for their confirmation, and asks the database
    once more for an address that nobody has.
    """

    def _authenticate_by_email(self, email: str, password: str):
        user = User.objects.with_address(email).first() if "\0" not in email else None
        return self._check_password(user, password)
