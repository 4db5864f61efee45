"""What the head of a page tells programs: feeds, a card for sharing, structured data."""

import json

from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.utils.translation import to_locale
from jinja2 import pass_context

from blogsite.languages import language
from posts.feeds.entries import absolute, person
from posts.feeds.formats import FORMATS
from posts.models import Page, Post
from posts.structured_data import graph_for, original_address

# As Django's json_script does: inside a script element nothing may look like its end.
UNSAFE_IN_SCRIPT = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}


def feed_links(site_title: str, path: str = "", heading: str = "") -> list[dict[str, str]]:
    """The feeds of the subject below `path`, and after them those of the site."""
    links = []
    if path and path != "/":
        links = links_below(path, f"{heading} – {site_title}")
    return links + links_below("/", site_title)


def links_below(path: str, title: str) -> list[dict[str, str]]:
    return [
        {
            "type": each.mime_type,
            "title": f"{title} ({each.name})",
            "address": iri_to_uri(absolute(path + each.suffix)),
        }
        for each in FORMATS.values()
    ]


@pass_context
def share_card(context) -> dict:
    """What another site shows where somebody shares this page."""
    page = context.get_all()
    post = page.get("post")
    is_post = isinstance(post, Post)
    site = page["site"]
    return {
        "type": "article" if is_post else "profile" if page.get("author") else "website",
        "title": str(post) if is_post else page.get("heading") or site.title,
        "description": page.get("description") or site.description or site.tagline,
        "address": iri_to_uri(original_address(page)),
        "site_name": site.title,
        "locale": to_locale((post.language if is_post else "") or language()),
        "markdown": markdown_address(post or page.get("page")),
        "post": post if is_post else None,
        "image": card_image(post) if is_post else None,
    }


def markdown_address(text) -> str:
    """Where the Markdown of a post or page is; empty for anything else."""
    return text.markdown_address if isinstance(text, Post | Page) else ""


def card_image(post: Post) -> dict | None:
    picture = post.lead_image
    if not picture:
        return None
    return {
        "address": absolute(picture.url),
        "width": picture.width,
        "height": picture.height,
        "alt": post.lead_alt,
    }


@pass_context
def structured_data(context) -> str:
    """The page's graph as a data block: browsers read it and never run it."""
    written = json.dumps(graph_for(context.get_all()), ensure_ascii=False)
    for sign, escaped in UNSAFE_IN_SCRIPT.items():
        written = written.replace(sign, escaped)
    return mark_safe(f'<script type="application/ld+json">{written}</script>')


def author_address(author) -> str:
    """The full address of an author's page."""
    return person(author)["url"]
