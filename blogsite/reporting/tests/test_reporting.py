"""Reports of browsers: taken, counted, shown, forgotten."""

import json
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from accounts.tests.factories import make_user
from blogsite.reporting import models, periodic, throttling
from blogsite.reporting.models import Violation

pytestmark = pytest.mark.django_db

HERE = "http://testserver"


@pytest.fixture
def browser_of():
    """A browser at a network address, which sends no token and no cookie."""
    cache.clear()
    return lambda address="203.0.113.9": Client(enforce_csrf_checks=True, REMOTE_ADDR=address)


def old_form(**changes):
    report = {
        "document-uri": f"{HERE}/post/bees/?secret=1",
        "effective-directive": "img-src",
        "blocked-uri": "https://evil.example/pixel.png?who=ada",
        "source-file": f"{HERE}/static/js/theme.js",
        "script-sample": "alert('secret')",
    }
    return {"csp-report": report | {name.replace("_", "-"): each for name, each in changes.items()}}


def new_form(**changes):
    body = {
        "documentURL": f"{HERE}/tags/",
        "effectiveDirective": "script-src-elem",
        "blockedURL": "inline",
        "sourceFile": f"{HERE}/tags/",
    }
    return [{"type": "csp-violation", "url": f"{HERE}/tags/", "body": body | changes}]


def send(client, report, content_type="application/csp-report"):
    text = report if isinstance(report, str | bytes) else json.dumps(report)
    return client.post("/reports/", text, content_type=content_type)


def kept():
    rows = Violation.objects.order_by("pk")
    return [(row.directive, row.blocked, row.page, row.source, row.count) for row in rows]


def test_reports_of_both_forms_are_counted_by_kind(browser_of):
    browser = browser_of()

    answers = [
        send(browser, old_form()),
        send(browser, old_form(document_uri=f"{HERE}/post/wasps/")),
        send(browser, new_form(), "application/reports+json"),
    ]

    assert [(answer.status_code, answer.content) for answer in answers] == [(204, b"")] * 3
    assert [answer.cookies for answer in answers] == [{}] * 3
    assert kept() == [
        ("img-src", "https://evil.example", "/post/<word:slug>/", "/static/js/theme.js", 2),
        ("script-src-elem", "inline", "/tags/", "/tags/", 1),
    ]


def test_keys_in_addresses_are_not_kept(browser_of):
    secret = f"{HERE}/comments/mail/1.zqsecret/"

    send(browser_of(), old_form(document_uri=secret, source_file=secret, blocked_uri=secret))
    send(browser_of(), old_form(document_uri=f"{HERE}/account/zqsecret/x/y/z/"))

    assert [row[1] for row in kept()] == [HERE, "https://evil.example"]
    assert "zqsecret" not in str(kept())


@pytest.mark.parametrize(
    "changes",
    [
        {"document_uri": "https://elsewhere.example/post/bees/"},
        {"document_uri": "http://[/"},
        {"document_uri": None},
        {"source_file": "moz-extension://0123/content.js"},
        {"blocked_uri": "chrome-extension"},
        {"effective_directive": "<script>", "violated_directive": ""},
        {"effective_directive": "x" * 100},
        {"effective_directive": ["img-src"]},
    ],
)
def test_what_is_not_about_our_pages_is_passed_over(browser_of, changes):
    assert send(browser_of(), old_form(**changes)).status_code == 204
    assert kept() == []


def test_other_reports_of_the_newer_form_are_passed_over(browser_of):
    other = [{"type": "deprecation", "body": {"id": "x"}}, {"type": "csp-violation"}, 7, None]

    assert send(browser_of(), other, "application/reports+json").status_code == 204
    assert kept() == []


@pytest.mark.parametrize("text", [" ", "no json", "7", '"text"', "{}", "[" * 8000, b"\xff\xfe\0"])
def test_nonsense_is_refused(browser_of, text):
    assert send(browser_of(), text).status_code == 400
    assert kept() == []


def test_large_report_other_types_and_methods_are_refused(browser_of):
    browser = browser_of()

    answers = [
        send(browser, old_form(script_sample="x" * 9000)),
        send(browser, old_form(), "application/json"),
        browser.post("/reports/", {"csp-report": "x"}),
        browser.get("/reports/"),
    ]

    assert [answer.status_code for answer in answers] == [413, 415, 415, 405]
    assert kept() == []


def test_list_of_many_is_read_to_its_twentieth(browser_of):
    many = [new_form(documentURL=f"{HERE}/{number}/")[0] for number in range(30)]

    send(browser_of(), many, "application/reports+json")

    assert sum(row[4] for row in kept()) == 20


def test_kinds_beyond_the_most_are_only_counted(browser_of, monkeypatch):
    monkeypatch.setattr(models, "MOST_KINDS", 2)
    browser = browser_of()

    for name in ("one", "two", "three", "four", "one"):
        send(browser, old_form(blocked_uri=f"https://{name}.example/"))

    assert [(row[1], row[4]) for row in kept()] == [
        ("https://one.example", 2),
        ("https://two.example", 1),
        ("", 2),
    ]
    assert str(Violation.objects.get(key="")).startswith("Further kinds")


def test_flood_from_one_address_leaves_room_for_others(browser_of, monkeypatch):
    monkeypatch.setattr(throttling, "OF_ONE_ADDRESS", 3)
    flood, other = browser_of(), browser_of("198.51.100.7")

    statuses = {send(flood, old_form()).status_code for _ in range(10)}
    send(other, old_form())

    assert statuses == {204}
    assert [row[4] for row in kept()] == [4]


def test_desk_says_so_and_runs_nothing_of_it(client, browser_of):
    send(browser_of(), old_form(blocked_uri="<img src=x onerror=alert(1)>"))
    send(browser_of(), old_form(blocked_uri="javascript:alert(1)"))
    client.force_login(make_user(is_staff=True, is_superuser=True))

    start, shown = client.get("/admin/"), client.get("/admin/reporting/violation/")

    assert "Browsers refused 2 kinds of things" in start.content.decode()
    assert kept()[0][1] == ""
    assert b"onerror" not in shown.content
    assert b"alert(1)" not in shown.content


def test_desk_is_silent_without_violations_and_to_others(client, browser_of):
    root, other = make_user(is_staff=True, is_superuser=True), make_user(is_staff=True)
    client.force_login(root)
    before = client.get("/admin/").content
    send(browser_of(), old_form())
    client.force_login(other)

    assert b"Browsers refused" not in before
    assert b"Browsers refused" not in client.get("/admin/").content
    assert client.get("/admin/reporting/violation/").status_code == 403


def test_violations_can_be_cleared_and_not_written(client, browser_of):
    send(browser_of(), old_form())
    row = Violation.objects.get()
    client.force_login(make_user(is_staff=True, is_superuser=True))
    url = "/admin/reporting/violation/"

    written = [client.post(f"{url}add/"), client.post(f"{url}{row.pk}/change/", {"page": "x"})]
    client.post(url, {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"})

    assert [answer.status_code for answer in written] == [403, 403]
    assert kept() == []


def test_old_violations_are_forgotten(browser_of):
    send(browser_of(), old_form())
    send(browser_of(), new_form(), "application/reports+json")
    Violation.objects.filter(directive="img-src").update(
        last_at=timezone.now() - timedelta(days=31)
    )

    periodic.forget_old_violations()

    assert [row[0] for row in kept()] == ["script-src-elem"]
