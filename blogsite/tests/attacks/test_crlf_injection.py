"""Line breaks that would begin a header, a mail's recipient, or a line of the log."""

import io
import logging
import re

import pytest

from blogsite.log import LineFormatter
from blogsite.outgoing.models import Message
from blogsite.tests.attacks.payloads import DIRECTIONS, LINE_BREAKS
from blogsite.tests.attacks.walking import every_address
from comments.tests.writing import fields, send, set_rules

pytestmark = pytest.mark.django_db


def assert_one_head(answer, about) -> None:
    for name, value in answer.headers.items():
        assert not re.search(r"[\r\n]", f"{name}{value}"), about
        assert name.lower() != "bcc", about
    assert "evil" not in answer.cookies, about


@pytest.mark.parametrize("text", LINE_BREAKS)
def test_no_parameter_begins_a_header(client, world, text):
    query = dict.fromkeys([*DIRECTIONS, "q", "page", "order", "reply", "thread"], text)

    for place in every_address(world)[::3]:
        assert_one_head(client.get(place.path, query), place)
    client.force_login(world.administrator)
    for path in ["/account/login/", "/admin/login/", "/admin/posts/post/", "/account/profile/"]:
        assert_one_head(client.get(path, query, headers={"User-Agent": text.encode().hex()}), path)


@pytest.mark.parametrize(
    "path",
    [
        "/%0d%0aSet-Cookie:%20evil=1",
        "/%0aSet-Cookie:%20evil=1/",
        "/post%0d%0aSet-Cookie:%20evil=1",
        "/account%0d%0aSet-Cookie:%20evil=1",
        "/1999/5%0d%0aSet-Cookie:%20evil=1",
        "/post/under-fire%0d%0aSet-Cookie:%20evil=1",
        "/search/?q=%0d%0aSet-Cookie:%20evil=1",
        "/account/login/?next=/%0d%0aSet-Cookie:%20evil=1",
        "/admin/posts?%0d%0aSet-Cookie:%20evil=1",
        "/\u560a\u560dSet-Cookie:evil=1",
    ],
)
def test_served_address_begins_no_header(served, path):
    answer = served.say(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}")

    head = answer.partition("\r\n\r\n")[0].lower()
    assert "\nset-cookie: evil" not in head


@pytest.mark.parametrize("text", LINE_BREAKS)
def test_no_name_or_address_begins_a_recipient(client, world, text):
    set_rules(policy="open")
    before = Message.objects.count()

    for form in [
        fields(name=text, subscription="post"),
        fields(email=text, subscription="post"),
        fields(email=f"ada@example.org{text[1:]}", subscription="post"),
        fields(site=f"https://example.org/{text}", subscription="post"),
    ]:
        send(client, world.post, **form)
    client.post("/account/password/reset/", {"email": f"reader@example.org{text[1:]}"})
    client.post("/account/signup/", {"email": f"new@example.org{text[1:]}"})

    for message in Message.objects.order_by("pk")[before:]:
        parts = [message.to, message.subject, message.sender_name, str(message.headers)]
        assert not any(re.search(r"[\r\n]", part) for part in parts)
        assert "evil.example" not in message.to


@pytest.mark.parametrize("text", LINE_BREAKS)
def test_nothing_typed_begins_a_line_of_the_log(client, world, text):
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(LineFormatter("{asctime} {levelname} {name} {message}", style="{"))
    loggers = [logging.getLogger(name) for name in ["", "django", "blogsite.audit", "comments"]]
    for logger in loggers:
        logger.addHandler(handler)
    try:
        client.get(f"/{text}/")
        client.get("/", headers={"User-Agent": text.encode("latin-1", "replace").decode("latin-1")})
        client.post("/account/login/", {"login": text, "password": text})
        send(client, world.post, name=text, body=text)
    finally:
        for logger in loggers:
            logger.removeHandler(handler)

    lines = [line for line in out.getvalue().splitlines() if not line.startswith("    ")]
    assert [line for line in lines if not re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d", line)] == []
