"""What lies open on badly kept servers, and what answers tell of the machine behind them."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from blogsite.tests.attacks.payloads import USUAL_PATHS

pytestmark = pytest.mark.django_db

VERSIONS = re.compile(r"\b(granian|django|python|hyper|tokio|sqlite|postgresql)[/ ]v?\d", re.I)
TRACES = re.compile(r"Traceback|File \"/|site-packages|DJANGO_SETTINGS|OperationalError")


def test_none_of_the_usual_paths_is_there(client, world):
    assert len(USUAL_PATHS) > 200
    for path in USUAL_PATHS:
        answer = client.get(f"/{path}")
        assert answer.status_code in {301, 302, 400, 404, 410}, path
        assert not TRACES.search(answer.getvalue().decode("utf-8", "replace")), path


def test_none_of_the_usual_paths_is_served(served):
    for path in USUAL_PATHS:
        head = f"GET /{path} HTTP/1.1\r\nHost: 127.0.0.1:{served.port}"
        answer = served.say(head)
        assert answer == "" or answer.split()[1] in {"301", "302", "400", "404", "410"}, path
        assert not TRACES.search(answer), path


@pytest.mark.parametrize(
    "head",
    [
        "GET / HTTP/1.1\r\nHost: {host}",
        "GET /nothing-here/ HTTP/1.1\r\nHost: {host}",
        "GET /static/css/site.css HTTP/1.1\r\nHost: {host}",
        "GET /account/login/ HTTP/1.1\r\nHost: {host}",
        "GET / HTTP/1.1\r\nHost: evil.example",
        "POST /account/login/ HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0",
        "GET / HTTP/9.9\r\nHost: {host}",
        "NONSENSE",
    ],
)
def test_no_answer_tells_a_version(served, head):
    answer = served.say(head.format(host=f"127.0.0.1:{served.port}"))

    assert not VERSIONS.search(answer)
    assert "X-Powered-By" not in answer
    assert not TRACES.search(answer)


def test_static_files_lead_to_no_source():
    """Nothing of ours; what comes with packages names maps that are not collected."""
    files = [*Path(settings.BASE_DIR, "static").rglob("*")]

    assert [path for path in files if path.suffix == ".map"] == []
    for path in files:
        if path.suffix in {".js", ".css"}:
            assert "sourceMappingURL" not in path.read_text(), path


def test_no_folder_is_listed(served):
    for path in ["/static/", "/static/css/", "/media/", "/media/images/"]:
        status, _headers, text = served.ask("GET", path)
        assert status == 404
        assert "site.css" not in re.sub(r'(href|src)="[^"]*"', "", text)
