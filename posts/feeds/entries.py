"""Posts as feed entries: the facts that all formats share."""

import os
import re
from functools import lru_cache
from urllib.parse import urljoin

from django.conf import settings
from django.core.files.storage import default_storage
from django.utils.feedgenerator import Enclosure
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from posts import redirects
from posts.moments import iso
from posts.rendering import absolute_urls, plain_text
from posts.views.media import PICTURE_TYPES

REMEMBERED_LENGTH = 50_000  # characters

# Everything outside the Char production of XML 1.0, section 2.2.
ILLEGAL_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# A path from the root, with nothing for `urljoin` to resolve.
PLAIN_PATH = re.compile(r"/(?!/)(?:[\w/%@~:+,=#-]|(?<!/)\.)*", re.ASCII)


def entry_for(post, *, in_full: bool = True) -> dict:
    """The arguments for `add_item`; `post` is a row of `for_feed()`.

    Not `in_full`, its content is the summary and a link to the rest.
    """
    address = post.permalink
    excerpt = absolute_urls(post.excerpt_html, address)
    image = image_for(post)
    return legible(
        {
            "title": post.title,
            "name": str(post),
            "link": address,
            "unique_id": post.guid,
            "unique_id_is_permalink": False,
            "pubdate": post.published_at.replace(microsecond=0),
            "updateddate": post.changed_at.replace(microsecond=0),
            "authors": [person(author) for author in post.author_list],
            "categories": [tag.name for tag in post.tag_list],
            "language": post.language,
            "description": excerpt or None,
            "summary": plain_text(excerpt),
            "content": (whole(post, address) if in_full else excerpt + way_on(address))
            + corrections_of(post),
            "image": image,
            "enclosures": [enclosure(image)] if image else [],
        }
    ) | {"post": post}


def whole(post, address: str) -> str:
    """The text with all addresses made absolute."""
    html = post.body_html
    return (complete if len(html) <= REMEMBERED_LENGTH else absolute_urls)(html, address)


@lru_cache(maxsize=100)
def complete(html: str, address: str) -> str:
    # The newest texts are in most feeds of a site, and each comment makes these anew.
    return absolute_urls(html, address)


def way_on(address: str) -> str:
    return format_html('<p><a href="{}">{}</a></p>', address, _("Read on"))


def corrections_of(post) -> str:
    """The list that stands under the post, as HTML; empty where nothing was corrected."""
    lines = [
        (iso(each.saved_at), f"{each.saved_at:%Y-%m-%d}", each.correction)
        for each in post.corrections
    ]
    if not lines:
        return ""
    items = format_html_join("", '<li><time datetime="{}">{}</time>: {}</li>', lines)
    return format_html("<h2>{}</h2><ul>{}</ul>", _("Corrections"), items)


def person(author) -> dict[str, str]:
    return {"name": author.name, "url": absolute(redirects.address_of(author))}


def image_for(post) -> dict | None:
    picture = post.lead_image
    if not picture:
        return None
    return {
        "url": absolute(picture.url),
        "type": PICTURE_TYPES[picture.file.rpartition(".")[2]],
        "width": picture.width,
        "height": picture.height,
        "alt": post.lead_alt,
        "bytes": stored_bytes(picture.file),
    }


def stored_bytes(path: str) -> int:
    """Size of a stored file; 0, which RSS takes for unknown, where only a request would tell."""
    try:
        return os.path.getsize(default_storage.path(path))
    except (NotImplementedError, OSError):
        return 0


def enclosure(image: dict) -> Enclosure:
    return Enclosure(image["url"], str(image["bytes"]), image["type"])


def absolute(address: str) -> str:
    """`address` as other sites need it; one that is complete already stays as it is."""
    if PLAIN_PATH.fullmatch(address):
        return settings.SITE_URL + address
    return urljoin(f"{settings.SITE_URL}/", address)


def legible(value):
    """`value`, at any depth, without the characters that no XML document may hold."""
    if isinstance(value, str):
        return ILLEGAL_IN_XML.sub("", value)
    if isinstance(value, list):
        return [legible(each) for each in value]
    if isinstance(value, dict):
        return {name: legible(each) for name, each in value.items()}
    return value
