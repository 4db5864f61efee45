"""Addresses of personal pages, written so that a cache takes them for files that anyone may have."""

import pytest

from blogsite.pagecache.layer import PageCache
from blogsite.request import Handler
from blogsite.tests.attacks.walking import every_address
from blogsite.tests.kept_readers import ask_here

pytestmark = pytest.mark.django_db

SUFFIXES = [
    "x.css", "/x.css", ".css", "/.css", ";.css", ";x.css", "/;x.js", "%3bx.css", "%2fx.css", "%2f.css",
    "%23x.css", "%3fx.css", "%00.css", "%0a.css", "%0d%0ax.css", "%20.css", "..%2fstatic/a.css",
    "/..%2fstatic%2fa.css", "/..%2f..%2fstatic%2fcss%2fsite.css", "/../static/css/site.css",
    "%2e%2e/static/a.css", "/%2e%2e%2fstatic%2fa.js", "/favicon.ico", "/robots.txt", "/x.avif", "%5cx.css",
    "\\x.css", "/static/x.png", "?x.css", "$x.css", "~x.css", "!x.css", ",x.css", "@x.css",
]  # fmt: skip
SAME_FOR_ALL = {"admin:jsi18n"}  # the words of the admin's scripts


def is_personal(answer) -> bool:
    control = answer.headers.get("Cache-Control", "")
    return "private" in control and "no-store" in control


@pytest.mark.parametrize("who", ["administrator", "reader"])
def test_personal_pages_are_kept_by_nobody(client, world, who):
    client.force_login(getattr(world, who))

    for place in every_address(world):
        answer = client.get(place.path)
        is_personal_room = place.path.startswith(("/account/", "/admin/"))
        if is_personal_room and place.name not in SAME_FOR_ALL and answer.status_code == 200:
            control = answer.headers.get("Cache-Control", "")
            assert "private" in control and ("no-store" in control or "no-cache" in control), place
        if getattr(world, who).email in answer.getvalue().decode("utf-8", "replace"):
            assert "private" in answer.headers.get("Cache-Control", ""), place


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_personal_page_has_no_name_of_a_file(client, world, suffix):
    client.force_login(world.administrator)
    places = [place for place in every_address(world) if place.path.startswith("/account/")]

    for path in [*(place.path for place in places), "/admin/", "/comments/received/", "/"]:
        for before in {path, path.rstrip("/")}:
            answer = client.get(before + suffix)
            assert answer.status_code < 500, before + suffix
            shows = world.administrator.email in answer.getvalue().decode("utf-8", "replace")
            assert not shows or is_personal(answer) or before == "/admin", before + suffix
            assert not (shows and "?" not in suffix), before + suffix


def test_personal_page_is_kept_under_no_name(client, world):
    client.force_login(world.administrator)
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
    cache = PageCache(Handler())
    for suffix in ["", *SUFFIXES]:
        for path in ["/account/", "/account/profile", "/admin/", "/"]:
            ask_here(cache, path + suffix, HTTP_COOKIE=cookie)
            stranger = str(ask_here(cache, path + suffix))
            assert world.administrator.email not in stranger, path + suffix

    kept = [variant.body for _key, page in cache.store for variant in page.variants.values()]
    assert not any(world.administrator.email.encode() in body for body in kept)
