"""The client for other sites: where it never goes, and what it says where it does."""

import pytest

from blogsite.outgoing import web
from blogsite.outgoing.tests.internet import PUBLIC

HERE = [
    "127.0.0.1",
    "[::1]",
    "0.0.0.0",  # noqa: S104 - as an attacker writes it
    "127.1",
    "2130706433",
    "0x7f.0.0.1",
    "0177.0.0.1",
    "[::ffff:127.0.0.1]",
    "[::ffff:7f00:1]",
    "[64:ff9b::127.0.0.1]",
    "[2002:7f00:1::]",
    "[::127.0.0.1]",
    "[::]",
    "localhost",
    "LOCALHOST.",
    "１２７.0.0.1",
    "127。0。0。1",
]


@pytest.mark.parametrize("host", HERE)
def test_this_machine_is_never_asked(local, host):
    with pytest.raises((web.Refused, web.Failed)):
        web.request("GET", f"http://{host}:{local.port}/")

    assert local.seen == []


@pytest.mark.parametrize(
    "address",
    [
        "10.0.0.1",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "192.0.0.8",
        "192.0.2.1",
        "192.88.99.1",
        "198.18.0.1",
        "203.0.113.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "fc00::1",
        "fe80::1",
        "fec0::1",
        "ff02::1",
        "2001::1",
        "2001:db8::1",
        "3fff::1",
        "64:ff9b:1::1",
        "64:ff9b::a00:1",
        "2002:a00:1::1",
        "::ffff:10.0.0.1",
        "100::1",
        "5f00::1",
    ],
)
def test_name_of_a_private_address_is_refused(names, address):
    names["blog.example"] = [address]

    with pytest.raises(web.Refused, match="not on the public internet"):
        web.request("GET", "http://blog.example/")


def test_name_with_one_private_address_among_its_own_is_refused(internet, names):
    names["mixed.example"] = [PUBLIC, "127.0.0.1"]

    with pytest.raises(web.Refused):
        web.request("GET", "http://mixed.example/")

    assert internet.connections == []


def test_name_that_changes_between_two_look_ups_is_looked_up_once(internet, names):
    names["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]

    answer = web.request("GET", f"http://rebinding.example:{internet.port}/")

    assert answer.body == b"found"
    assert names["asked"] == ["rebinding.example"]
    assert internet.connections == [(PUBLIC, internet.port)]


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "gopher://blog.example/",
        "ftp://blog.example/",
        "javascript:alert(1)",
        "//blog.example/",
        "blog.example",
        "",
        "http://",
        "http:///path",
        "http://blog.example:99999/",
        "http://blog.example:-1/",
        "http://blog.example\\@127.0.0.1/",
        "http://blog.example/\r\nHost: evil",
        "http://blog.example /",
        "http://[::1",
        "http://blog.exa%6Dple/",
        f"http://blog.example/{'x' * 3000}",
        f"http://{'a' * 64}ü.example/",
    ],
)
def test_what_is_no_web_address_is_refused(internet, url):
    with pytest.raises(web.Refused):
        web.request("GET", url)

    assert internet.connections == []


@pytest.mark.parametrize("url", ["http://me:secret@blog.example/", "http://me@blog.example/"])
def test_address_with_a_password_is_refused(internet, url):
    with pytest.raises(web.Refused, match="password"):
        web.request("GET", url)


@pytest.mark.parametrize("port", [0, 22, 25, 110, 445])
def test_ports_of_other_services_are_refused(internet, port):
    with pytest.raises(web.Refused, match="not for the web"):
        web.request("GET", f"http://blog.example:{port}/")


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirect_to_this_machine_is_not_followed(internet, status):
    target = f"http://127.0.0.1:{internet.port}/secret"
    internet.answers["/"] = (status, {"Location": target}, b"")

    with pytest.raises(web.Refused):
        web.request("GET", "http://blog.example/")

    assert [path for _, path, _, _ in internet.seen] == ["/"]


@pytest.mark.parametrize("target", ["file:///etc/passwd", "gopher://blog.example/", "http://[::1"])
def test_redirect_to_no_web_address_is_not_followed(internet, target):
    internet.answers["/"] = (302, {"Location": target}, b"")

    with pytest.raises(web.Refused):
        web.request("GET", "http://blog.example/")


def test_redirects_have_an_end(internet):
    internet.answers["/"] = (302, {"Location": "/"}, b"")

    with pytest.raises(web.Refused, match="redirects"):
        web.request("GET", "http://blog.example/")

    assert len(internet.seen) == 6


def test_redirect_keeps_secrets_from_other_sites(internet):
    internet.answers["/"] = (302, {"Location": "http://other.example/there"}, b"")

    answer = web.request(
        "POST",
        "http://blog.example/",
        fields={"a": "b"},
        headers={"Authorization": "Bearer secret", "Accept": "text/html"},
    )

    method, path, headers, body = internet.seen[-1]
    assert (method, path, body) == ("GET", "/there", b"")
    assert "Authorization" not in headers
    assert headers["Accept"] == "text/html"
    assert (answer.url, answer.status) == ("http://other.example/there", 200)


def test_form_is_sent_again_where_the_redirect_says_so(internet):
    internet.answers["/"] = (307, {"Location": "/there"}, b"")

    web.request("POST", "http://blog.example/", fields={"a": "b"})

    method, path, headers, body = internet.seen[-1]
    assert (method, path, body) == ("POST", "/there", b"a=b")
    assert headers["Content-Type"] == "application/x-www-form-urlencoded"


def test_request_says_who_asks_and_nothing_else(internet, monkeypatch, settings):
    settings.SITE_URL = "https://me.example"
    monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{internet.port}")

    answer = web.request("GET", "http://blog.example/ü?q=ß&a=%20", fields={"b": "c d"})

    assert answer.body == b"found"
    assert internet.connections == [(PUBLIC, 80)]
    method, path, headers, _ = internet.seen[0]
    assert (method, path) == ("GET", "/%C3%BC?q=%C3%9F&a=%20&b=c+d")
    assert headers == {
        "Host": "blog.example",
        "User-Agent": "Blogsite (+https://me.example)",
        "Accept-Encoding": "gzip, deflate",
    }


def test_cookies_are_not_kept(internet):
    internet.answers["/"] = (302, {"Location": "/next", "Set-Cookie": "a=b"}, b"")

    web.request("GET", "http://blog.example/")

    assert "Cookie" not in internet.seen[-1][2]


def test_status_and_headers_are_the_caller_s(internet):
    internet.answers["/"] = (503, {"Retry-After": "7"}, b"busy")

    answer = web.request("GET", "http://blog.example/")

    assert (answer.status, answer.headers["retry-after"], answer.body) == (503, "7", b"busy")
