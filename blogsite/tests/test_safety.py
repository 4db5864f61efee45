"""A site does not start with settings that open it to everybody, and says how to mend them."""

import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from blogsite.safety import is_public, is_this_machine, refuse_unsafe

CODE = Path("/srv/blogsite")
GOOD_KEY = secrets.token_urlsafe(50)


def values(**changes):
    """The settings of a site in order; each test spoils one."""
    var = Path(changes.get("VAR_DIR", CODE / "var"))
    return {
        "DEBUG": False,
        "SITE_HOST": "blog.example.org",
        "ALLOWED_HOSTS": ["blog.example.org"],
        "SECRET_KEY": GOOD_KEY,
        "SECRET_KEY_FALLBACKS": [],
        "FORM_TARGETS": [],
        "BASE_DIR": CODE,
        "VAR_DIR": var,
        "MEDIA_ROOT": str(var / "media"),
        "STATIC_ROOT": var / "static",
        "STATICFILES_DIRS": [CODE / "static"],
    } | changes


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"SECRET_KEY_FALLBACKS": [secrets.token_urlsafe(50)]},
        {"VAR_DIR": Path("/var/lib/blogsite")},
        {"MEDIA_ROOT": "/mnt/pictures"},
        {"FORM_TARGETS": ["https://github.com", "http://127.0.0.1:9000"]},
        {
            "DEBUG": True,
            "SECRET_KEY": "short",
            "SITE_HOST": "127.0.0.1",
            "ALLOWED_HOSTS": ["127.0.0.1", "localhost", "[::1]", "blog.localhost"],
        },
    ],
)
def test_site_in_order_is_started(changes):
    refuse_unsafe(values(**changes))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"SECRET_KEY": "x" * 80}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": GOOD_KEY[:49]}, "SECRET_KEY is too easy to guess"),
        ({"SECRET_KEY": f"django-insecure-{GOOD_KEY}"}, "SECRET_KEY is one from an example"),
        ({"SECRET_KEY": f"ChangeMe{GOOD_KEY}"}, "SECRET_KEY is one from an example"),
        ({"SECRET_KEY_FALLBACKS": ["old"]}, "A key in SECRET_KEY_FALLBACKS is too easy to guess"),
        ({"ALLOWED_HOSTS": ["*"]}, "ALLOWED_HOSTS has a *"),
        ({"ALLOWED_HOSTS": ["blog.example.org", "*"]}, "ALLOWED_HOSTS has a *"),
        ({"DEBUG": True}, "blog.example.org is not this machine"),
        (
            {"DEBUG": True, "SITE_HOST": "localhost", "ALLOWED_HOSTS": ["192.168.0.7"]},
            "192.168.0.7 is not this machine",
        ),
        ({"DEBUG": True, "SITE_HOST": "localhost", "ALLOWED_HOSTS": ["*"]}, "not this machine"),
        ({"FORM_TARGETS": ["http://id.example.org"]}, "http://id.example.org unencrypted"),
        ({"VAR_DIR": CODE / "static" / "data"}, "whose files everybody may fetch"),
        ({"VAR_DIR": CODE}, "the folder of the code"),
        ({"MEDIA_ROOT": str(CODE / "var")}, "holds more than pictures"),
        ({"MEDIA_ROOT": str(CODE)}, "holds more than pictures"),
        ({"MEDIA_ROOT": "/"}, "holds more than pictures"),
        ({"MEDIA_ROOT": str(CODE / "static" / "media")}, "a place of static files"),
        ({"MEDIA_ROOT": str(CODE / "var" / "static")}, "a place of static files"),
    ],
)
def test_dangerous_setting_is_refused_in_words(changes, words):
    with pytest.raises(ImproperlyConfigured) as caught:
        refuse_unsafe(values(**changes))

    assert words in str(caught.value)
    assert GOOD_KEY not in str(caught.value)


@pytest.mark.parametrize(
    ("variables", "words"),
    [
        ({"SECRET_KEY": "changeme"}, "SECRET_KEY is one from an example"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS has a *"),
        ({"DEBUG": "1", "SITE_URL": "http://127.0.0.1:9"}, "`serve` does not start with it"),
    ],
)
def test_start_is_refused_in_a_sentence_and_without_a_trace(variables, words):
    result = subprocess.run(
        [sys.executable, "manage.py", "serve"],
        cwd=settings.BASE_DIR,
        env=os.environ | variables,
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert words in result.stderr
    assert result.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("host", "here", "public"),
    [
        ("127.0.0.1", True, False),
        ("127.8.8.8", True, False),
        ("[::1]", True, False),
        ("LOCALHOST", True, False),
        ("me.localhost", True, False),
        ("192.168.1.5", False, False),
        ("10.0.0.1", False, False),
        ("nas", False, False),
        ("nas.local", False, False),
        ("blog.home.arpa.", False, False),
        ("1.1.1.1", False, True),
        ("[2606:4700::1111]", False, True),
        ("blog.example.org", False, True),
        ("localhost.example.org", False, True),
        ("127.0.0.1.example.org", False, True),
    ],
)
def test_hosts_of_this_machine_and_of_the_internet_are_told_apart(host, here, public):
    assert (is_this_machine(host), is_public(host)) == (here, public)
