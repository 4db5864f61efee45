"""`manage.py pagecache`, and what the running site tells it."""

import json

import pytest
from django.core.management import CommandError, call_command

from blogsite.pagecache import explaining
from blogsite.pagecache.layer import PageCache
from blogsite.pagecache.tests.visiting import ask
from blogsite.request import Handler

pytestmark = pytest.mark.django_db(transaction=True)  # each answer closes its connection


@pytest.fixture
def site() -> PageCache:
    return PageCache(Handler())


def explained(site, path, **headers) -> dict:
    answer = ask(site, path, authorization=explaining.authorization_for(path), **headers)
    assert answer.headers["Cache-Control"] == "private, no-store"
    return json.loads(answer.body)


def test_site_explains_a_kept_page(site):
    ask(site, "/tags/", accept_encoding="br")
    said = explained(site, "/tags/")

    assert (said["kept"], said["status"], set(said["bytes"])) == (True, 200, {"identity", "br"})
    assert "table:posts_tag" in said["topics"]


@pytest.mark.parametrize(
    ("path", "headers", "reason"),
    [
        ("/admin/", {}, "its view declares nothing (pagecache.keep)"),
        ("/tags/", {"cookie": "sessionid=x"}, "it brings a cookie of ours"),
        ("/tags/", {}, "nobody has asked for it since it changed, or it had to leave"),
    ],
)
def test_site_explains_why_nothing_is_kept(site, path, headers, reason):
    said = explained(site, path, **headers)

    assert (said["kept"], said["reason"]) == (False, reason)
    assert len(site.store) == 0


@pytest.mark.parametrize(
    "token_of",
    [lambda: "", lambda: "nonsense", lambda: explaining.authorization_for("/other/")[8:]],
    ids=["without a token", "nonsense", "the token of another page"],
)
def test_nobody_else_is_told(site, token_of):
    token = token_of()

    answer = ask(site, "/tags/", authorization=f"{explaining.SCHEME} {token}")

    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_command_asks_the_running_site(live_site, capsys):
    call_command("pagecache", "--explain", "/admin/")

    assert "its view declares nothing" in capsys.readouterr().out


def test_command_says_that_the_site_does_not_run(settings):
    settings.SITE_URL = "http://127.0.0.1:1"

    with pytest.raises(CommandError, match="Is the site running"):
        call_command("pagecache", "--explain", "/")


def test_command_shows_numbers_and_tables(site, capsys):
    ask(site, "/tags/")
    call_command("pagecache")
    out = capsys.readouterr().out

    assert "misses" in out
    assert "changes so far" in out


def test_clear_has_every_page_made_anew(site, capsys):
    ask(site, "/tags/")
    call_command("pagecache", "--clear")

    assert explained(site, "/tags/")["kept"] is False
