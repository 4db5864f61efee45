"""From a draft link to its address and back."""

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from blogsite.deskadmin.values import fits
from posts.models import DraftLink

# Signed as well as random: neither a copy of the database nor the key alone makes an address.
SIGNER = signing.Signer(salt="posts.draft_links", sep=".")
MAX_TOKEN = 200  # characters; ours have about ninety


def token_of(link: DraftLink) -> str:
    return SIGNER.sign(f"{link.pk}-{link.secret}")


def address_of(link: DraftLink) -> str:
    """The full address to hand on."""
    return settings.SITE_URL + reverse("posts:draft", args=[token_of(link)])


def find(token: str) -> DraftLink | None:
    """The link that has this token, with its post, whatever became of either; None for any other."""
    if len(token) > MAX_TOKEN:
        return None
    try:
        key, _dash, secret = SIGNER.unsign(token).partition("-")
    except signing.BadSignature:
        return None
    if not fits(DraftLink._meta.pk, key):
        return None
    link = DraftLink.objects.select_related("made_by").filter(pk=key).first()
    return link if link and constant_time_compare(link.secret, secret) else None
