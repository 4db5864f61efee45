"""Whose request it is, and whom a proxy may speak for."""

import pytest
from django.test import RequestFactory

from blogsite.client import address_of, believe_only_proxies


def asked_by(remote, forwarded=None):
    headers = {"X-Forwarded-For": forwarded} if forwarded is not None else {}
    return address_of(RequestFactory().get("/", REMOTE_ADDR=remote, headers=headers))


@pytest.mark.parametrize("forwarded", [None, "192.0.2.1", "127.0.0.1, 192.0.2.1", ""])
def test_header_of_a_visitor_is_not_believed(forwarded):
    assert asked_by("203.0.113.9", forwarded) == "203.0.113.9"


@pytest.mark.parametrize(
    ("remote", "forwarded", "expected"),
    [
        ("127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "6.6.6.6, 192.0.2.1", "192.0.2.1"),  # the left one is the visitor's claim
        ("127.0.0.1", "6.6.6.6, 192.0.2.1, 10.1.2.3", "192.0.2.1"),  # two proxies of ours
        ("127.0.0.1", "2001:db8::7", "2001:db8::7"),
        ("::ffff:127.0.0.1", "192.0.2.1", "192.0.2.1"),
        ("127.0.0.1", "192.0.2.1, nonsense", "127.0.0.1"),
        ("127.0.0.1", None, "127.0.0.1"),
        ("127.0.0.1", "10.0.0.1", "10.0.0.1"),  # a visitor inside the trusted network
        ("127.0.0.2", "192.0.2.1", "127.0.0.2"),
        ("", "192.0.2.1", ""),
        ("unix:", "192.0.2.1", ""),
    ],
)
def test_trusted_proxies_name_the_visitor(settings, remote, forwarded, expected):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32", "10.0.0.0/8"]

    assert asked_by(remote, forwarded) == expected


def told_of(remote, **headers):
    """What is left of `headers` when the site begins to read the request."""
    request = RequestFactory().get("/", REMOTE_ADDR=remote, **headers)
    believe_only_proxies(lambda request: None)(request)
    return {name: request.META[name] for name in headers if name in request.META}


CLAIMS = {"HTTP_X_FORWARDED_FOR": "192.0.2.1", "HTTP_X_FORWARDED_PROTO": "https"}
OTHER_CLAIMS = {"HTTP_X_FORWARDED_HOST": "evil.example", "HTTP_FORWARDED": "proto=https"}


@pytest.mark.parametrize(
    ("remote", "believed"), [("127.0.0.1", CLAIMS), ("203.0.113.9", {}), ("unix:", {})]
)
def test_only_trusted_proxies_tell_anything(settings, remote, believed):
    settings.TRUSTED_PROXIES = ["127.0.0.1/32"]

    assert told_of(remote, **CLAIMS, **OTHER_CLAIMS) == believed


@pytest.mark.django_db
def test_visitor_who_claims_to_come_by_https_is_redirected_to_it(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_SSL_HOST = "blog.example.org"
    settings.TRUSTED_PROXIES = ["10.0.0.0/8"]

    answer = client.get("/robots.txt?a=1", headers={"X-Forwarded-Proto": "https"})

    assert answer.status_code == 301
    assert answer["Location"] == "https://blog.example.org/robots.txt?a=1"
    proxy = {"REMOTE_ADDR": "10.1.2.3", "HTTP_X_FORWARDED_PROTO": "https"}
    assert client.get("/robots.txt", **proxy).status_code == 200
