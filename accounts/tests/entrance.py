"""Signing in by the form, as tests do it."""

from django.test import Client
from django.urls import reverse

from accounts.models import Tally, User

PASSWORD = "correct horse battery"
WRONG = "wrong"


def try_to_sign_in(client: Client, address: str, password: str = WRONG, **more):
    return client.post(reverse("account_login"), {"login": address, "password": password}, **more)


def is_signed_in(client: Client, user: User) -> bool:
    return client.session.get("_auth_user_id") == str(user.pk)


def from_network(number: int) -> Client:
    """A new browser in a network of its own."""
    return Client(REMOTE_ADDR=f"10.{number // 250}.{number % 250}.1")


def let_pass(time) -> None:
    """As if every try had been made that much earlier."""
    for row in Tally.objects.all():
        row.until -= time
        row.ends_at -= time
        row.save()
