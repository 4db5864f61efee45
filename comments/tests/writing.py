"""Comments sent as a browser sends them."""

import time

from django.core import signing
from django.urls import reverse

from comments import stamps


def stamp_of(seconds_ago=60) -> str:
    """The stamp of a form that was made so long ago."""
    return signing.Signer(salt=stamps.SALT).sign(int(time.time()) - seconds_ago)


def address_of(post) -> str:
    return reverse("comments:discussion", args=[post.slug])


def fields(**changes) -> dict:
    """What the form of a guest sends, filled in."""
    return {
        "body": "A word about this.",
        "name": "Ada",
        "email": "ada@example.org",
        "site": "",
        "subscription": "",
        "parent": "",
        "topic": "",
        "stamp": stamp_of(),
    } | changes


def send(client, post, *, headers=None, address="203.0.113.7", **changes):
    """Send a guest's form under `post` from a network address."""
    headers = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
    return client.post(address_of(post), fields(**changes), headers=headers, REMOTE_ADDR=address)
