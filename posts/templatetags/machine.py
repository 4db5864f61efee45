"""What the head of a page tells programs: feeds, a card for sharing, structured data."""

import json

from django import template
from django.utils.encoding import iri_to_uri
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, to_locale

from posts.feeds.entries import absolute, person
from posts.feeds.formats import FORMATS
from posts.models import Page, Post
from posts.moments import iso
from posts.structured_data import graph_for, original_address

register = template.Library()
register.filter("iso_moment", iso)

# As Django's json_script does: inside a script element nothing may look like its end.
UNSAFE_IN_SCRIPT = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.simple_tag(takes_context=True)
def feed_links(context) -> list[dict[str, str]]:
    """The feeds of this page's subject, and after them those of the site."""
    title, path = context["site"].title, context.get("feed_path") or "/"
    links = []
    if path != "/":
        links = links_below(path, f"{context.get('heading')} – {title}")
    return links + links_below("/", title)


def links_below(path: str, title: str) -> list[dict[str, str]]:
    return [
        {
            "type": each.mime_type,
            "title": f"{title} ({each.name})",
            "address": iri_to_uri(absolute(path + each.suffix)),
        }
        for each in FORMATS.values()
    ]


@register.simple_tag(takes_context=True)
def share_card(context) -> dict:
    """What another site shows where somebody shares this page."""
    post = context.get("post")
    is_post = isinstance(post, Post)
    site = context["site"]
    return {
        "type": "article" if is_post else "profile" if context.get("author") else "website",
        "title": str(post) if is_post else context.get("heading") or site.title,
        "description": context.get("description") or site.description or site.tagline,
        "address": iri_to_uri(original_address(context.flatten())),
        "site_name": site.title,
        "locale": to_locale((post.language if is_post else "") or get_language()),
        "markdown": markdown_address(post or context.get("page")),
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


@register.simple_tag(takes_context=True)
def structured_data(context) -> str:
    """The page's graph as a data block: browsers read it and never run it."""
    written = json.dumps(graph_for(context.flatten()), ensure_ascii=False)
    return mark_safe(
        '<script type="application/ld+json">' + written.translate(UNSAFE_IN_SCRIPT) + "</script>"
    )


@register.filter
def author_address(author) -> str:
    """The full address of an author's page."""
    return person(author)["url"]
