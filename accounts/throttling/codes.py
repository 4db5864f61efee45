"""Codes of a second step are tried under limits."""

from allauth.core import context
from django.core.exceptions import ValidationError

from accounts.throttling import answering, signing_in, tallies


class ThrottledCode:
    """Mixin, the first of a form with a code and a `user`: counts each wrong one."""

    def clean_code(self) -> str:
        claims = signing_in.code_claims(context.request, self.user.email or str(self.user.pk))
        take_or_refuse(claims)
        code = super().clean_code()
        tallies.give_back(claims)
        return code


def take_or_refuse(claims: list[tallies.Claim]) -> None:
    """Raises ValidationError where somebody must wait; the answer then says 429."""
    wait = tallies.take(claims)
    if wait:
        raise ValidationError(answering.must_wait(context.request, wait), code="too_many")
