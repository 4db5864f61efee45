"""Addresses that the site itself might be made to ask.

The one client for other sites is tried in `blogsite/outgoing/tests/test_web.py`. Here: nothing else
asks anybody, and nothing that visitors type makes it ask.
"""

import pytest

from blogsite.outgoing.tests.internet import local  # noqa: F401 - a fixture
from blogsite.outgoing.worker import run_until_idle
from blogsite.tests.attacks.imports import users_of
from comments.tests.writing import send, set_rules
from posts.tests.factories import make_post, make_user

FETCHING = {
    "urllib.request", "requests", "httpx", "aiohttp", "http.client", "urllib3", "ftplib", "telnetlib",
    "xmlrpc.client", "pycurl",
}  # fmt: skip
# May load what they must: the one client, and the mail it sends; and a command, from this site alone.
CLIENTS = ("blogsite/outgoing/", "blogsite/pagecache/management/")


def test_nothing_but_the_one_client_asks_other_sites():
    assert [use for use in users_of(FETCHING) if not use[0].startswith(CLIENTS)] == []
    assert users_of(FETCHING), "the search itself finds nothing"


@pytest.mark.django_db(transaction=True)
def test_address_that_somebody_types_is_not_asked(client, local):  # noqa: F811
    here = f"http://127.0.0.1:{local.port}/"
    set_rules(policy="open")
    author = make_user(links=here, bio=f"![x]({here}) <{here}>")
    post = make_post(authors=[author], body=f"![x]({here}a.png)\n\n{here}\n\n[a]: {here}\n")

    send(client, post, site=here, body=f"![x]({here}) {here}", headers={
        "Sec-Fetch-Site": "same-origin", "Referer": here, "Origin": "http://testserver",
    })  # fmt: skip
    client.get("/account/login/", {"next": here, "url": here})
    run_until_idle()

    assert client.get(post.get_absolute_url()).status_code == 200
    assert local.seen == []
