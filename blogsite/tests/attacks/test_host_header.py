"""Requests that lie about the name of the site."""

import pytest
from django.conf import settings

from blogsite.outgoing import running
from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import registered
from blogsite.tests.attacks.payloads import EVIL, HOSTS
from blogsite.tests.attacks.walking import every_address
from comments.tests.writing import address_of, fields, set_rules

pytestmark = pytest.mark.django_db

# All the headers in which proxies tell of another name, and which nobody may believe.
FORWARDED = {
    "X-Forwarded-Host": EVIL,
    "X-Forwarded-Server": EVIL,
    "X-Host": EVIL,
    "X-HTTP-Host-Override": EVIL,
    "X-Original-Host": EVIL,
    "X-Forwarded-Port": "666",
    "X-Forwarded-Prefix": f"//{EVIL}",
    "X-Script-Name": f"//{EVIL}",
    "Forwarded": f"host={EVIL};proto=https",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Scheme": "https",
    "X-Url-Scheme": "https",
    "Front-End-Https": "on",
}


@pytest.mark.parametrize("host", HOSTS)
def test_other_name_is_refused_or_ignored(client, world, host):
    for path in ["/", "/feed/", "/sitemap.xml", "/account/login/", "/admin/", "/nothing-here/"]:
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 400 or own_words(answer), (path, host)
        assert EVIL not in answer.getvalue().decode()
        assert EVIL not in str(answer.headers)


def own_words(answer) -> bool:
    """Machine files that ask for no host may answer; they name the site by its settings."""
    return EVIL not in answer.getvalue().decode()


def test_headers_of_proxies_name_nothing_on_any_page(client, world):
    client.force_login(world.administrator)

    for place in every_address(world):
        answer = client.get(place.path, headers=FORWARDED)
        said = answer.getvalue().decode("utf-8", "replace") + str(answer.headers)
        assert EVIL not in said, place
        assert ":666" not in said, place


def test_links_in_mails_name_the_site_of_the_settings(client, world):
    set_rules(policy="open")
    message_count = Message.objects.count()
    form = fields(email="new@example.org", subscription="post")
    headers = FORWARDED | {"Sec-Fetch-Site": "same-origin"}

    client.post(address_of(world.post), form, headers=headers)
    client.post("/account/password/reset/", {"email": world.reader.email}, headers=FORWARDED)
    write_mails()

    queued = Message.objects.order_by("pk")[message_count:]
    assert len(queued) > 1, "nothing to look at"
    for message in queued:
        assert EVIL not in f"{message.text} {message.html} {message.headers} {message.message_id}"
        assert settings.SITE_URL in message.text


def write_mails() -> None:
    """Run what writes mails, but send none: words that let somebody in are then forgotten."""
    with registered() as worker:
        while job := running.claim(worker.pk, ["default"]):
            running.run(job)


def test_reset_asked_for_under_another_name_sends_nothing(client, world):
    message_count = Message.objects.count()

    answer = client.post(
        "/account/password/reset/", {"email": world.reader.email}, headers={"Host": EVIL}
    )

    assert answer.status_code == 400
    assert Message.objects.count() == message_count


# --- What the server itself makes of it -------------------------------------------


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\nHost: {host}\r\nHost: evil.example",
        "GET / HTTP/1.1\r\nHost: evil.example\r\nHost: {host}",
        "GET http://evil.example/ HTTP/1.1\r\nHost: {host}",
        "GET http://evil.example/ HTTP/1.1\r\nHost: evil.example",
        "GET http://{host}/ HTTP/1.1\r\nHost: evil.example",
        "GET / HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-Host: evil.example",
        "GET / HTTP/1.1\r\n Host: evil.example\r\nHost: {host}",
        "GET / HTTP/1.1\r\nHost : evil.example\r\nHost: {host}",
        "GET / HTTP/1.0\r\nHost: evil.example",
        "GET @evil.example/ HTTP/1.1\r\nHost: {host}",
        "GET / HTTP/1.1",
    ],
)
def test_served_site_never_repeats_another_name(served, head):
    answer = served.say(head.format(host=f"127.0.0.1:{served.port}"))

    assert "evil.example" not in answer
    assert answer.startswith(("HTTP/1.1 200", "HTTP/1.1 400", "HTTP/1.0 400", "HTTP/1.1 404")) or (
        answer == ""  # hung up
    )
