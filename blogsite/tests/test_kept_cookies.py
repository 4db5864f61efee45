"""Whoever brings a cookie that the site reads goes past kept pages; so each has to be known."""

import re
from pathlib import Path

from django.conf import settings

from accounts.throttling import devices
from blogsite.message_storage import OwnCookie
from comments.writing import guests

# Where our code reads cookies, and which.
READERS = {
    "accounts/throttling/devices.py": {devices.COOKIE},
    "blogsite/personal.py": {settings.SESSION_COOKIE_NAME},
    "blogsite/request.py": set(),  # all of them, only to leave some out
    "blogsite/timing.py": {settings.SESSION_COOKIE_NAME},
    "comments/writing/guests.py": {guests.COOKIE_NAME},
    "posts/views/detail.py": {settings.SESSION_COOKIE_NAME},
}
OF_DJANGO = {settings.SESSION_COOKIE_NAME, settings.CSRF_COOKIE_NAME, OwnCookie.cookie_name}
READING = re.compile(r"COOKIES|get_signed_cookie|HTTP_COOKIE")
FOLDERS = ["accounts", "blogsite", "comments", "posts"]


def test_every_cookie_that_is_read_goes_past_kept_pages():
    assert set(settings.PAGECACHE_COOKIES) == OF_DJANGO.union(*READERS.values())


def test_every_reader_of_cookies_is_known():
    sources = [
        path.relative_to(settings.BASE_DIR)
        for folder in FOLDERS
        for path in Path(settings.BASE_DIR, folder).rglob("*.py")
        if not {"tests", "pagecache", "gateway", "bench"} & set(path.parts)
    ]
    readers = {
        str(source)
        for source in sources
        if READING.search(Path(settings.BASE_DIR, source).read_text())
    }

    assert readers - {"blogsite/settings.py"} == set(READERS)


def test_kept_pages_name_no_language_or_other_cookie():
    """Django would also read one for the language of LocaleMiddleware, which we do not have."""
    assert "django.middleware.locale.LocaleMiddleware" not in settings.MIDDLEWARE
