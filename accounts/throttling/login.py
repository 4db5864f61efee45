"""Passwords are tried under limits."""

from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError

from accounts.hashers import LONGEST_PASSWORD, TooBusy
from accounts.throttling import answering, signing_in, tallies


class ThrottledLogin:
    """Mixin of the account adapter: counts each try before the password is looked at.

    A try is counted first and given back when the password was right, so that many tries at
    once are no way around. allauth's own count is in the memory of one process, and keeps the
    owner out as well; it is not used.
    """

    asks_again = None  # the user who is signed in and gives the password once more

    def reauthenticate(self, user, password: str) -> bool:
        self.asks_again = user
        try:
            return super().reauthenticate(user, password)
        finally:
            self.asks_again = None

    def pre_authenticate(self, request, **credentials) -> None:
        """Raises ValidationError where somebody must wait; the answer then says 429."""
        self.claims = self._claims(request, credentials)
        wait = tallies.take(self.claims)
        if wait:
            raise ValidationError(answering.must_wait(request, wait), code="too_many")

    def authenticate(self, request, **credentials):
        if len(credentials.get("password") or "") > LONGEST_PASSWORD:
            return self._refuse_unread(request, **credentials)
        try:
            user = super().authenticate(request, **credentials)
        except TooBusy:
            tallies.give_back(self.claims)
            raise
        if user:
            tallies.give_back(self.claims)
        return user

    def _refuse_unread(self, request, **credentials) -> None:
        """Nobody has such a password; it is wrong without the work of a hash, for all alike."""
        self.pre_authenticate(request, **credentials)
        given = {name: text for name, text in credentials.items() if name != "password"}
        user_login_failed.send(sender=__name__, credentials=given, request=request)
        self.authentication_failed(request, **credentials)

    def _claims(self, request, credentials) -> list[tallies.Claim]:
        if self.asks_again:
            return signing_in.reauthentication_claims(self.asks_again)
        return signing_in.password_claims(request, credentials.get("email", ""))
