"""Signing in that stands between the password and the second step."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.stagekit import clear_login
from allauth.core.exceptions import ImmediateHttpResponse
from django.shortcuts import redirect
from django.utils.crypto import constant_time_compare

BEGAN_WITH = "sign_in_began_with"  # in the session: a hash of the password that was right then


class EndsHalfWay(DefaultAccountAdapter):
    """Part of the account adapter: nobody gets in by a password that was changed meanwhile.

    A session that is signed in ends with its password; one that is half in would go on.
    """

    def pre_login(self, request, user, **kwargs):
        request.session[BEGAN_WITH] = user.get_session_auth_hash()
        return super().pre_login(request, user, **kwargs)

    def login(self, request, user) -> None:
        began_with = request.session.pop(BEGAN_WITH, "")
        if not constant_time_compare(began_with, user.get_session_auth_hash()):
            clear_login(request)
            raise ImmediateHttpResponse(redirect("account_login"))
        super().login(request, user)
