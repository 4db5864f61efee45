"""The pages behind the links in mails: for one person each, and only POST acts."""

import pytest
from django.utils import timezone

from comments.mail import links
from comments.models import Address, Subscription
from comments.tests.letters import (
    approved_comment,
    links_in,
    mails,
    make_address,
    make_subscription,
    manage,
    path_of,
    stop_link,
)
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


# --- Tokens -----------------------------------------------------------------------


def all_links() -> dict[str, str]:
    """One link of each kind for the same address; its key is the key of a subscription too."""
    subscription = make_subscription(make_post())
    address = subscription.address
    return {
        "confirm": path_of(links.confirm_link(address)),
        "stop": path_of(links.stop_link(address, subscription)),
        "everything": path_of(links.stop_link(address, links.EVERYTHING)),
        "manage": manage(address),
    }


def token_of(path: str) -> str:
    return path.rstrip("/").rpartition("/")[2]


def test_token_of_one_kind_opens_no_other(client):
    paths = all_links()
    kinds = {"confirm": "confirm", "stop": "stop", "manage": "manage"}

    for kind, path in paths.items():
        token = token_of(path)
        for name in set(links.NAMES) - {kinds.get(kind, "stop")}:
            swapped = path_of(links.full(name, token))
            assert client.get(swapped).status_code == 404, (kind, name)
            assert client.post(swapped).status_code == 404, (kind, name)


def test_changed_token_opens_nothing(client):
    for kind, path in all_links().items():
        token = token_of(path)
        for n in range(len(token)):
            other = "A" if token[n] != "A" else "B"
            changed = path.replace(token, token[:n] + other + token[n + 1 :])
            assert client.post(changed).status_code == 404, (kind, n)
        for changed in [token[:-1], token[1:], token + "A", token.partition(".")[0], "é" * 9]:
            assert client.post(path.replace(token, changed)).status_code == 404, kind

    assert Subscription.objects.count() == 1
    assert Address.objects.get().stopped_at is None


def test_link_survives_a_new_secret_key_while_the_old_one_is_known(client, settings):
    subscription = make_subscription(make_post())
    path = stop_link(subscription)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another"

    client.post(path)

    assert not Subscription.objects.exists()


def test_pages_are_kept_by_nobody_and_tell_nobody_their_address(client):
    for path in [*all_links().values(), "/comments/mail/nonsense/"]:
        response = client.get(path)
        assert response["Cache-Control"] == "private, no-store", path
        assert response["Referrer-Policy"] == "no-referrer", path
        assert response["X-Robots-Tag"] == "noindex, nofollow", path
        assert not response.cookies, path
        assert "ETag" not in response, path


def test_every_link_in_a_mail_opens(client):
    post = make_post()
    make_subscription(post)
    approved_comment(post)

    paths = links_in(mails()[0])
    assert len(paths) == 3  # the comment, the end of this mail, all that one gets
    for path in paths:
        assert client.get(path, follow=True).status_code == 200, path


def test_links_use_the_address_of_the_settings(client, settings):
    """Whatever the Host header of a request said."""
    settings.SITE_URL = "https://blog.example.org"
    make_subscription(post := make_post())

    approved_comment(post)

    [message] = mails()
    assert message.headers["List-Unsubscribe"].startswith("<https://blog.example.org/comments/")
    assert "testserver/" not in message.text + message.html


def test_confirmed_again_by_its_own_button(client):
    """Whoever stopped before ever saying yes may still say it: only they hold the link."""
    address = make_address(confirmed_at=None, stopped_at=timezone.now())

    client.post(manage(address), {"wish": "start"})

    assert list(Address.objects.willing()) == [address]
