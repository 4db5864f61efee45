"""Methods that no page of this site has."""

import pytest

from blogsite.tests.attacks.walking import every_address, watched

pytestmark = pytest.mark.django_db

ODD = ["TRACE", "TRACK", "CONNECT", "PROPFIND", "PUT", "DELETE", "PATCH", "DEBUG", "JEFF"]


@pytest.mark.parametrize("method", ODD)
def test_no_address_answers_to_an_odd_method(client, world, method):
    client.force_login(world.administrator)

    for place in every_address(world)[::5]:
        with watched() as written:
            answer = client.generic(method, place.path, b"x=y")
        assert answer.status_code == 405, place
        assert "GET" in answer.headers["Allow"], place
        assert written == [], place


@pytest.mark.parametrize("method", ["TRACE", "TRACK", "PROPFIND", "PUT", "DELETE", "JEFF"])
@pytest.mark.parametrize("path", ["/", "/static/css/site.css", "/media/x.png", "/robots.txt"])
def test_served_site_echoes_nothing(served, method, path):
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}\r\nCookie: zqcookie=1"

    answer = served.say(head)

    assert answer == "" or answer.split()[1] in {"400", "405", "501"}
    assert "zqcookie" not in answer
