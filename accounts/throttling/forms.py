"""The form for a new password, under limits."""

from allauth.account.forms import ChangePasswordForm
from allauth.core import context
from django.core.exceptions import ValidationError

from accounts import login_links
from accounts.throttling import answering, signing_in, tallies


class ChangePassword(ChangePasswordForm):
    """Asks for the old one, but not of somebody who came by a link of the operator's: it is most
    likely forgotten."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if login_links.came_by_one(context.request):
            del self.fields["oldpassword"]

    def clean_oldpassword(self) -> str:
        claims = signing_in.reauthentication_claims(self.user)
        wait = tallies.take(claims)
        if wait:
            raise ValidationError(answering.must_wait(context.request, wait), code="too_many")
        given = super().clean_oldpassword()
        tallies.give_back(claims)
        return given
