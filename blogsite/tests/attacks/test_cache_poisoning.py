"""Requests that would leave an altered page in a cache for the next visitor."""

import re

import pytest
from django.conf import settings

from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.questions import declaration_of
from blogsite.request import Handler
from blogsite.tests.attacks.payloads import EVIL
from blogsite.tests.attacks.walking import every_address
from blogsite.tests.kept_readers import ask_here, without_stamp

pytestmark = pytest.mark.django_db

UNKEYED = [
    {
        "X-Forwarded-Host": EVIL,
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Port": "666",
        "X-Forwarded-Scheme": "nothttps",
        "X-Forwarded-Prefix": "/evil",
        "X-Forwarded-For": "127.0.0.1",
        "X-Real-IP": "127.0.0.1",
        "Forwarded": f"host={EVIL}",
        "Via": EVIL,
        "User-Agent": f"<script src=//{EVIL}>",
        "Referer": f"https://{EVIL}/",
    },
    {
        "X-Original-URL": "/admin/",
        "X-Rewrite-URL": "/admin/",
        "X-HTTP-Method-Override": "POST",
        "X-Requested-With": "XMLHttpRequest",
        "Accept-Language": "de, ar;q=0.5",
        "Accept-Charset": "utf-7",
        "Range": "bytes=0-10",
        "Surrogate-Capability": 'evil="ESI/1.0"',
    },
    {
        "Cookie": f"theme={EVIL}; lang=de; messages={EVIL}; django_language=de",
        "Sec-Fetch-Site": "cross-site",
        "Origin": f"https://{EVIL}",
    },
]
# What is of its moment in every answer: when a form was made, and a guest's token.
OF_THE_MOMENT = re.compile(r'(name="(?:stamp|csrfmiddlewaretoken)" value=")[^"]*|<time[^>]*>')


def said(answer) -> tuple:
    text = answer.getvalue().decode("utf-8", "replace")
    headers = {
        name: answer.headers.get(name) for name in ["Content-Type", "Location", "Cache-Control"]
    }
    return answer.status_code, headers, OF_THE_MOMENT.sub(r"\1", text)


def is_kept(answer) -> bool:
    """Whether a shared cache may keep it."""
    control = answer.headers.get("Cache-Control", "")
    return "private" not in control and "no-store" not in control


def test_no_header_outside_the_key_changes_what_others_get(client, world):
    for place in every_address(world):
        plain = client.get(place.path)
        if not is_kept(plain) or place.name.startswith("admin:"):
            continue
        expected = said(plain)
        for headers in UNKEYED:
            answer = client.get(place.path, headers=headers)
            assert said(answer) == expected, (place, headers)
            assert EVIL not in str(answer.headers), (place, headers)
            client.cookies.clear()


def test_what_depends_on_a_session_says_so(client, world):
    """A page that is not the same for all is either kept by nobody, or varies by cookie."""
    for place in every_address(world):
        client.logout()
        guest = said(client.get(place.path))
        client.force_login(world.reader)
        answer = client.get(place.path)
        if said(answer) != guest and is_kept(answer):
            assert "Cookie" in answer.headers.get("Vary", ""), place


def test_answer_that_sets_a_cookie_is_not_kept_for_others(client, world):
    for place in every_address(world):
        client.cookies.clear()
        answer = client.get(place.path)
        if answer.cookies:
            assert not is_kept(answer) or "Cookie" in answer.headers.get("Vary", ""), place


def test_who_asks_first_leaves_nothing_in_a_kept_page(world):
    """The same against our own cache: the attacker has the page made, and others get it."""
    for place in every_address(world):
        if not declaration_of(place.path, settings.ROOT_URLCONF):
            continue
        expected = without_stamp(ask_here(Handler(), place.path))
        for headers in UNKEYED:
            cache = PageCache(Handler())
            ask_here(cache, place.path, **in_environ(headers))
            assert without_stamp(ask_here(cache, place.path)) == expected, (place, headers)


def in_environ(headers: dict[str, str]) -> dict[str, str]:
    return {f"HTTP_{name.upper().replace('-', '_')}": value for name, value in headers.items()}
