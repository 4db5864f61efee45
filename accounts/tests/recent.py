"""Being signed in, and having said just now who one is, as tests do it."""

from allauth.account.internal.flows.reauthentication import reauthenticate_by_password
from django.conf import settings
from django.http import HttpRequest
from django.test import Client

from accounts.models import User


def sign_in_just_now(client: Client, user: User) -> None:
    """Let `client` be signed in as `user`, past the question for the password as well."""
    client.force_login(user)
    request = HttpRequest()
    request.user, request.session = user, client.session
    reauthenticate_by_password(request)
    request.session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key  # it is a new one
