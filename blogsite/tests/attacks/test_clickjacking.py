"""Pages of this site in a frame of another."""

import pytest

from blogsite.tests.attacks.walking import every_address

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("who", ["administrator", "nobody"])
def test_no_answer_may_be_framed(client, world, who):
    """Neither pages nor redirects nor errors: a frame shows all of them."""
    if who != "nobody":
        client.force_login(getattr(world, who))

    for place in every_address(world):
        assert_unframed(client.get(place.path), place)
        assert_unframed(client.put(place.path), place)


@pytest.mark.parametrize("path", ["/nothing-here/", "/admin/nothing/", "/media/none.png", "/%00"])
def test_no_error_may_be_framed(client, world, path):
    assert_unframed(client.get(path), path)


def test_no_refusal_may_be_framed(client, world, settings):
    strict = type(client)(enforce_csrf_checks=True)
    too_long = settings.REQUEST_MAX_BYTES + 1

    assert_unframed(strict.post("/account/login/"), "no token")
    assert_unframed(client.get("/", headers={"Host": "evil.example"}), "another host")
    assert_unframed(client.get("/", CONTENT_LENGTH=too_long), "too long")


def assert_unframed(answer, about) -> None:
    policy = answer.headers.get("Content-Security-Policy", "")
    assert "frame-ancestors 'none'" in policy or "sandbox" in policy, about
    assert answer.headers.get("X-Frame-Options") == "DENY" or "frame-ancestors" in policy, about
