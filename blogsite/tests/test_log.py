"""Who can put lines into the log: the site alone."""

import logging
import sys
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress, EmailConfirmationHMAC
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils.log import log_response

from accounts import login_links, resetting
from accounts.signing_up import links as sign_up
from accounts.tests.factories import make_user
from blogsite.log import LineFormatter
from comments.mail import links as comment_links
from comments.models import Address
from comments.tests.factories import make_comment
from comments.tests.moderating import sign_in

FORGED = "x\n2026-11-22 00:00:00,000 INFO comments.moderation comment 1: spam -> approved"


@pytest.fixture
def lines(caplog):
    """A function that gives what the log would hold by now, line by line."""
    options = settings.LOGGING["formatters"]["line"]
    formatter = LineFormatter(options["format"], style=options["style"])
    return lambda: "\n".join(formatter.format(record) for record in caplog.records).splitlines()


def test_formatter_is_the_one_in_use():
    assert settings.LOGGING["formatters"]["line"]["class"] == "blogsite.log.LineFormatter"


def test_line_begins_with_its_moment_in_utc():
    options = settings.LOGGING["formatters"]["line"]
    formatter = LineFormatter(options["format"], style=options["style"])
    record = logging.makeLogRecord({"name": "x", "levelname": "INFO", "msg": "said", "msecs": 7})
    record.created = 1_763_812_800  # 12:00 UTC

    assert formatter.format(record) == "2025-11-22 12:00:00.007Z INFO x said"


@pytest.mark.django_db
def test_moderator_cannot_forge_a_line(client, lines, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)  # so that the test hears it
    sign_in(client)

    queue = reverse("admin:comments_comment_changelist")
    response = client.get(queue, {f"member__password__{FORGED}": "1"})

    assert response.status_code == 400
    assert any("not allowed" in line for line in lines())
    assert not [line for line in lines() if line.startswith("2026-11-22 00:00:00")]


def test_refusal_is_a_line_without_a_trace():
    try:
        raise PermissionDenied
    except PermissionDenied:
        record = logging.makeLogRecord({"msg": "Forbidden", "exc_info": sys.exc_info()})

    assert LineFormatter("{message}", style="{").format(record) == "Forbidden"


def addresses_with_keys() -> list[str]:
    """One of each page that lets in whoever has its address."""
    person, comment = make_user(), make_comment(status="pending")
    address = Address.objects.create(email="ada@example.org")
    waiting = EmailAddress.objects.create(user=person, email="new@example.org")
    return [
        sign_up.link("ada@example.org"),
        login_links.make(person),
        resetting.link(person),
        reverse("account_confirm_email", args=[EmailConfirmationHMAC(waiting).key]),
        comment_links.confirm_link(address),
        comment_links.stop_link(address, comment_links.EVERYTHING),
        comment_links.manage_link(address),
        comment_links.decide_link(comment, person, "approved", 0),
    ]


@pytest.mark.django_db
def test_key_of_a_page_that_was_refused_is_not_told(lines, monkeypatch):
    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)  # so that the test hears it
    paths = [urlsplit(address).path for address in addresses_with_keys()]

    for path in paths:
        log_response("Refused: %s", path, response=HttpResponse(status=403))
    Client(enforce_csrf_checks=True).post(paths[0])

    keys = [max(path.split("/"), key=len) for path in paths]
    assert any("Refused: /comments/decide/..." in line for line in lines())
    assert any("Forbidden (CSRF cookie not set.): /account/signup/..." in line for line in lines())
    assert not [key for key in keys if key in "\n".join(lines())]


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n", "\x0b", "\x85", "\u2028"])
def test_neither_message_nor_exception_begins_a_line(lines, end):
    text = f"x{end}FORGED"
    try:
        raise ValueError(text)
    except ValueError:
        logging.getLogger("blogsite.audit").exception("Said: %s", text)

    assert any("Said" in line for line in lines())
    assert not [line for line in lines() if line.startswith("FORGED")]
