"""Asking and telling Akismet, at a fake one that speaks HTTP."""

import socket
import threading
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl

import pytest

from blogsite.outgoing.worker import run_until_idle
from comments import moderation, spam
from comments.models import CommentSettings, Status
from comments.spam import akismet
from comments.tests.factories import make_comment
from posts.models import SiteSettings
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

HOST, PUBLIC = "akismet.example", "1.1.1.1"


class FakeAkismet(ThreadingHTTPServer):
    """Remembers what it was sent, and answers the word it was given."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Handler)
        self.asked, self.status, self.word = [], 200, "false"
        self.silence = threading.Event()
        self.silence.set()

    @property
    def fields(self) -> dict[str, str]:
        [(_path, fields)] = self.asked
        return fields


class Handler(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.server.asked.append((self.path, dict(parse_qsl(body))))
        self.server.silence.wait(30)
        with suppress(BrokenPipeError):  # who asked lost patience
            self.send_response(self.server.status)
            self.end_headers()
            self.wfile.write(self.server.word.encode())

    def log_message(self, *args):
        pass


@pytest.fixture
def fake(monkeypatch):
    """An Akismet on this machine, which the network claims is out in the world."""
    connect, find = socket.create_connection, socket.getaddrinfo

    def look_up(host, port, *args, **options):
        if host != HOST:
            return find(host, port, *args, **options)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (PUBLIC, port))]

    def connect_here(address, *args, **options):
        return connect(("127.0.0.1", address[1]), *args, **options)

    with FakeAkismet() as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.02])
        thread.start()
        monkeypatch.setattr(akismet, "API", f"http://{HOST}:{server.server_port}/1.1")
        monkeypatch.setattr(socket, "getaddrinfo", look_up)
        monkeypatch.setattr(socket, "create_connection", connect_here)
        yield server
        server.silence.set()
        server.shutdown()
        thread.join()


@pytest.fixture
def key():
    site, _made = SiteSettings.objects.get_or_create(pk=1)
    CommentSettings.objects.update_or_create(site=site, defaults={"akismet_key": "k3y"})


@pytest.mark.parametrize(("word", "verdict"), [("true", True), ("false", False)])
def test_check_gives_akismets_verdict(fake, key, word, verdict):
    fake.word = word

    assert akismet.check(make_comment(), "192.0.2.7") is verdict


def test_check_sends_what_akismet_wants_to_know(fake, key, settings):
    comment = make_comment(
        name="Kim", email="kim@example.org", site="https://kim.example", body="Näh & so"
    )

    akismet.check(comment, "192.0.2.7", "Firefox", "https://search.example/")

    [(path, fields)] = fake.asked
    assert path == "/1.1/comment-check"
    assert fields == {
        "api_key": "k3y",
        "blog": settings.SITE_URL,
        "user_ip": "192.0.2.7",
        "user_agent": "Firefox",
        "referrer": "https://search.example/",
        "permalink": settings.SITE_URL + comment.post.get_absolute_url(),
        "comment_type": "comment",
        "comment_author": "Kim",
        "comment_author_email": "kim@example.org",
        "comment_author_url": "https://kim.example",
        "comment_content": "Näh & so",
        "comment_date_gmt": comment.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "blog_lang": "en",
        "blog_charset": "UTF-8",
    }


def test_without_a_key_nobody_is_asked(fake):
    assert akismet.check(make_comment(), "192.0.2.7") is None
    assert fake.asked == []


@pytest.mark.parametrize(
    ("status", "word"),
    [(200, "invalid"), (500, "false"), (404, "true"), (200, "x" * 100_000), (200, "")],
)
def test_odd_answer_is_no_verdict(fake, key, status, word):
    fake.status, fake.word = status, word

    assert akismet.check(make_comment()) is None


def test_silent_akismet_is_no_verdict(fake, key, monkeypatch):
    monkeypatch.setattr(akismet, "PATIENCE", 0.2)
    fake.silence.clear()

    assert akismet.check(make_comment()) is None


def test_absent_akismet_is_no_verdict(key, monkeypatch):
    monkeypatch.setattr(akismet, "API", "http://akismet.invalid/1.1")

    assert akismet.check(make_comment()) is None


def test_akismet_on_this_machine_is_never_asked(key, monkeypatch):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        port = listener.getsockname()[1]
        monkeypatch.setattr(akismet, "API", f"http://127.0.0.1:{port}/1.1")

        assert akismet.check(make_comment()) is None
        with pytest.raises(BlockingIOError):
            listener.accept()


@pytest.mark.parametrize(
    ("decide", "verb"), [(moderation.mark_spam, "submit-spam"), (moderation.approve, "submit-ham")]
)
def test_decisions_are_reported(fake, key, decide, verb):
    comment = make_comment(status=Status.PENDING, body="cheap pills")

    decide([comment], make_user())
    before = list(fake.asked)
    run_until_idle()

    assert before == []
    [(path, fields)] = fake.asked
    assert path == f"/1.1/{verb}"
    assert fields["comment_content"] == "cheap pills"
    assert "user_ip" not in fields


def test_decisions_are_not_reported_without_a_key(fake):
    moderation.mark_spam([make_comment(status=Status.PENDING)], make_user())
    run_until_idle()

    assert fake.asked == []


def test_decision_taken_back_before_the_report_is_not_reported(fake, key):
    comment = make_comment()

    spam.learn(comment, "spam")
    spam.learn(comment, "")
    run_until_idle()

    assert fake.asked == []


def test_report_is_made_later_when_akismet_fails(fake, key):
    fake.status = 503
    comment = make_comment()
    spam.learn(comment, "spam")

    run_until_idle()
    fake.status, fake.asked[:] = 200, []
    akismet.report.func(comment.pk, "spam")

    assert [path for path, _fields in fake.asked] == ["/1.1/submit-spam"]
