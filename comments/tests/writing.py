"""Comments sent as a browser sends them, and what comes back."""

import time

from django.core import signing
from django.urls import reverse
from lxml import html

from comments.models import CommentSettings
from comments.writing import stamps
from posts.models import SiteSettings

HERE = {"Sec-Fetch-Site": "same-origin"}
ADDRESS = "203.0.113.7"


def stamp_of(seconds_ago=60) -> str:
    """The stamp of a form that was made so long ago."""
    return signing.Signer(salt=stamps.SALT).sign(int(time.time()) - seconds_ago)


def address_of(post) -> str:
    return reverse("comments:discussion", args=[post.slug])


def fields(**changes) -> dict:
    """What the form of a guest sends, filled in; a change to None leaves a field out."""
    filled = {
        "body": "A word about this.",
        "name": "Ada",
        "email": "ada@example.org",
        "site": "",
        "subscription": "none",
        "parent": "",
        "topic": "",
        "stamp": stamp_of(),
    }
    return {name: value for name, value in (filled | changes).items() if value is not None}


def send(client, post, *, headers=HERE, address=ADDRESS, **changes):
    """Send a guest's form under `post` from a network address."""
    return client.post(address_of(post), fields(**changes), headers=headers, REMOTE_ADDR=address)


def send_as_member(client, post, **changes):
    """Send the form as the page holds it for whoever is signed in."""
    data = form_on(client.get(address_of(post))) | {"stamp": stamp_of(), "body": "A word."}
    return client.post(address_of(post), data | changes, headers=HERE, REMOTE_ADDR=ADDRESS)


def page_of(response):
    return html.fromstring(response.content.decode())


def form_on(response) -> dict[str, str]:
    """The names and values of the form for a comment, as it would be sent untouched."""
    [form] = page_of(response).find_class("comment-form")
    # A browser sends "" for a field without a value, and drops the line break that opens a text.
    names = dict.fromkeys(form.fields, "")
    values = {name: value.removeprefix("\n") for name, value in form.form_values() if value}
    return {name: values.get(name, "") for name in names if name != "remember" or name in values}


def said_on(response) -> str:
    """All words on the page, in one line."""
    return " ".join(page_of(response).text_content().split())


def set_rules(**rules) -> None:
    """Change what an editor may change about comments."""
    site = SiteSettings.load()
    site.save()
    CommentSettings(site=site, **rules).save()
