"""Every cookie of the site: how it is named, and who may read it."""

import os
import re
import subprocess
import sys

import pytest
from django.conf import settings as site_settings
from django.http import HttpResponse
from django.test import Client

from accounts.tests.factories import make_user
from comments.writing.guests import Guest

PASSWORD = "a long enough password"
NAMES = """
import django
django.setup()
from django.conf import settings
from accounts.throttling import devices
from blogsite.message_storage import OwnCookie
from comments.writing import guests
print(settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, devices.COOKIE, guests.COOKIE_NAME,
      OwnCookie.cookie_name)
"""


def names_at(site_url: str) -> list[str]:
    """What the cookies are called by a site at this address."""
    environment = os.environ | {"SITE_URL": site_url, "DJANGO_SETTINGS_MODULE": "blogsite.settings"}
    done = subprocess.run(
        [sys.executable, "-c", NAMES],
        cwd=site_settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.split()


def test_cookies_are_bound_to_their_host_as_soon_as_there_is_https():
    plain, secure = names_at("http://blog.example.org"), names_at("https://blog.example.org")

    assert plain == ["sessionid", "csrftoken", "device", "guest", "messages"]
    assert secure == [f"__Host-{name}" for name in plain]


def test_no_other_code_sets_a_cookie():
    """Whoever adds one adds it to these tests."""
    setting = re.compile(r"\.set_(signed_)?cookie\(|\.cookies\[")
    guilty = [
        str(path.relative_to(site_settings.BASE_DIR))
        for room in ("accounts", "posts", "comments", "blogsite")
        for path in sorted((site_settings.BASE_DIR / room).rglob("*.py"))
        if "tests" not in path.parts and setting.search(path.read_text())
    ]

    assert guilty == ["accounts/throttling/devices.py", "comments/writing/guests.py"]


@pytest.fixture
def https(settings):
    settings.HTTPS = settings.SESSION_COOKIE_SECURE = settings.CSRF_COOKIE_SECURE = True


@pytest.mark.django_db
@pytest.mark.usefixtures("https")
def test_cookies_are_for_this_host_https_and_no_script():
    make_user(email="ada@example.org", password=PASSWORD)
    browser = Client()
    browser.get("/account/login/", secure=True)
    signed_in = browser.post(
        "/account/login/", {"login": "ada@example.org", "password": PASSWORD}, secure=True
    )
    remembered = HttpResponse()
    Guest().called(name="Eve").keep(remembered)

    cookies = dict(browser.cookies) | dict(remembered.cookies)

    assert signed_in.status_code == 302
    assert {"sessionid", "csrftoken", "device", "guest"} <= set(cookies)
    assert {
        name: (cookie["secure"], cookie["httponly"], cookie["samesite"], cookie["path"])
        for name, cookie in cookies.items()
    } == dict.fromkeys(cookies, (True, True, "Lax", "/"))
    assert {cookie["domain"] for cookie in cookies.values()} == {""}


@pytest.mark.django_db
def test_who_only_reads_gets_no_cookie(client):
    for path in ("/", "/tags/", "/feed/", "/no/such/page/", "/static/css/site.css", "/robots.txt"):
        client.get(path)

    assert dict(client.cookies) == {}
