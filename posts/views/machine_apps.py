"""What browsers read to treat the site as an app, or as a search engine."""

import json

from django.conf import settings
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.translation import get_language_bidi

from blogsite.pagecache import keep
from posts.feeds.entries import absolute, legible
from posts.models import SiteSettings
from posts.views.machine import public_file, read_only

SHORT_NAME_MAX_LENGTH = 16  # characters, OpenSearch 1.1; phones cut a name sooner still
PAPER = "#faf9f7"  # --paper in light, which a manifest cannot read from the sheet
ICONS = [
    ("img/favicon.svg", "any", "image/svg+xml"),
    ("img/icon-192.png", "192x192", "image/png"),
    ("img/icon-512.png", "512x512", "image/png"),
]


@keep()
@read_only
def manifest(request):
    """The web app manifest: name and icons for a home screen."""
    site = SiteSettings.load()
    fields = {
        "id": "/",
        "name": site.title,
        "short_name": short_name(site.title),
        "description": site.description or site.tagline,
        "lang": settings.LANGUAGE_CODE,
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": reverse("posts:list"),
        "scope": "/",
        "display": "minimal-ui",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": static(file), "sizes": sizes, "type": mime_type}
            for file, sizes, mime_type in ICONS
        ],
    }
    return public_file(
        json.dumps(fields, ensure_ascii=False, indent=2) + "\n",
        "application/manifest+json; charset=utf-8",
    )


@keep()
@read_only
def opensearch(request):
    """How a browser searches this site from its address bar."""
    site = SiteSettings.load()
    content = render_to_string(
        "machine/opensearch.xml",
        {
            "short_name": legible(short_name(site.title)),
            "description": legible(site.description or site.tagline or site.title)[:1024],
            "icon": absolute(reverse("posts:favicon")),
            "search": absolute(reverse("posts:search")),
            "suggestions": absolute(reverse("posts:suggestions")),
            "this": absolute(reverse("posts:opensearch")),
            "language": settings.LANGUAGE_CODE,
        },
    )
    return public_file(content, "application/opensearchdescription+xml; charset=utf-8")


def short_name(title: str) -> str:
    return title[:SHORT_NAME_MAX_LENGTH].strip()
