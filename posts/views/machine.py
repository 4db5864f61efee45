"""Small files that programs look for at fixed addresses."""

import re
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.http import Http404, HttpResponse, HttpResponsePermanentRedirect
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control, set_response_etag
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from blogsite.pagecache import keep
from posts import redirects
from posts.authors import published_authors
from posts.feeds.entries import absolute
from posts.models import Post, SiteSettings
from posts.moments import iso

PLAIN = "text/plain; charset=utf-8"
# RFC 9116 asks for less than a year, so that a forgotten file does not speak for ever.
SECURITY_TXT_DAYS = 180
EVERY_ROBOT = re.compile(r"user-agent:\s*\*(\s*#.*)?", re.IGNORECASE)
# The source file: of the collected ones only those with hashed names are kept.
FAVICON = settings.BASE_DIR / "static" / "img" / "favicon.ico"


def read_only(view):
    """Decorator: GET and HEAD; anything else is a 405, also without a CSRF token."""
    return csrf_exempt(require_safe(view))


def public_file(content, content_type: str = PLAIN) -> HttpResponse:
    """An answer that anyone may keep and must ask about again."""
    response = asked_again(HttpResponse(content, content_type=content_type))
    set_response_etag(response)  # the middleware leaves HEAD without one
    return response


def asked_again(response: HttpResponse) -> HttpResponse:
    """`response`, marked as one that anyone may keep, and must ask about again each time."""
    patch_cache_control(response, public=True, max_age=0, must_revalidate=True)
    return response


@keep()
@read_only
def robots(request):
    """What the editors wrote, what machines may do with the texts, and where the sitemap is."""
    site = SiteSettings.load()
    rules = "\n".join(with_signal(site.robots_txt.strip().splitlines(), site.content_signal))
    sitemap = f"Sitemap: {absolute(reverse('posts:sitemap'))}\n"
    return public_file(f"{rules}\n\n{sitemap}" if rules else sitemap)


def with_signal(rules: list[str], signal: str) -> list[str]:
    """`rules` with a Content-Signal in the group for all robots; one written by hand stands."""
    written = any(rule.strip().lower().startswith("content-signal:") for rule in rules)
    if not signal or written:
        return rules
    line = f"Content-Signal: {signal}"
    for place, rule in enumerate(rules):
        if EVERY_ROBOT.fullmatch(rule.strip()):
            return [*rules[: place + 1], line, *rules[place + 1 :]]
    return [*rules, *([""] if rules else []), "User-agent: *", line]


@keep()
@read_only
def security_txt(request):
    """Whom to tell of a weakness (RFC 9116); unknown until somebody is named."""
    contacts = SiteSettings.load().security_contact.split()
    if not contacts:
        raise Http404(_("No security contact is set."))
    # The end of a day, so that the file is the same all day long.
    today = datetime.combine(timezone.now().date(), time.min, UTC)
    expires = today + timedelta(days=SECURITY_TXT_DAYS)
    lines = [
        *(f"Contact: {contact_address(contact)}" for contact in contacts),
        f"Expires: {iso(expires)}",
        f"Preferred-Languages: {settings.LANGUAGE_CODE}",
        f"Canonical: {absolute(reverse('posts:security_txt'))}",
    ]
    return public_file("\n".join(lines) + "\n")


def contact_address(contact: str) -> str:
    """A contact must be an address with a scheme; a bare e-mail gets its own."""
    return f"mailto:{contact}" if "@" in contact and ":" not in contact else contact


@keep()
@read_only
def humans(request):
    """Who makes this site (humanstxt.org): the authors of what is published."""
    newest = Post.objects.published().newest_first().values_list("published_at", flat=True).first()
    team = [
        line
        for author in published_authors()
        for line in (
            f"Author: {author.name}",
            f"Site: {absolute(redirects.address_of(author))}",
            "",
        )
    ]
    lines = [
        "/* TEAM */",
        *(team or [""]),
        "/* THANKS */",
        "Everyone who writes in, and the people who make free software.",
        "",
        "/* SITE */",
        *([f"Last update: {newest:%Y/%m/%d}"] if newest else []),
        f"Language: {settings.LANGUAGE_CODE}",
        "Standards: HTML, CSS, Atom, RSS, JSON Feed, Microformats",
        "Software: Blogsite, Django, Python",
    ]
    return public_file("\n".join(lines) + "\n")


@keep()
@read_only
def favicon(request):
    """The icon that browsers and feed readers ask for without looking at a page."""
    response = HttpResponse(FAVICON.read_bytes(), content_type="image/x-icon")
    response["Cache-Control"] = "public, max-age=86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"  # feed readers show it
    return response


@read_only
def touch_icon(request):
    """Where phones look for the icon of a home screen."""
    return HttpResponsePermanentRedirect(static("img/icon-180.png"))
