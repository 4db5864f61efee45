"""Mail to a mail server, in all its moods."""

import pytest
from django.utils import timezone

from blogsite.outgoing import mail, smtp
from blogsite.outgoing.models import Job, Message
from blogsite.outgoing.tests.mailserver import Rude, Server, fall_silent, free_port, hang_up, use
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
State = Message.State
ADA = "ada@example.org"


def queue(to=ADA, cause="c", text="Words", **more):
    return mail.queue(cause, to, "Hello", text, **more)


def outcome(message):
    message.refresh_from_db()
    return message.state, message.last_error


def run_waiting():
    """Run what waits for another attempt, without the wait."""
    Job.objects.filter(status="READY").update(run_after=timezone.now())
    return run_until_idle()


def test_mail_arrives_as_it_was_written(mail_server):
    text = "A line\n.\n..dots\nGrüße, 世界\n" + "x" * 2000 + "\n"
    html = "<p>Grüße, 世界</p>\n"
    message = queue(text=text, html=html, headers={"List-Id": "<thread.example.org>"})

    run_until_idle()

    (arrived,) = mail_server.mails()
    assert outcome(message) == (State.SENT, "")
    assert arrived.get_body(["plain"]).get_content().replace("\r\n", "\n") == text
    assert arrived.get_body(["html"]).get_content().replace("\r\n", "\n") == html
    assert arrived.get_content_type() == "multipart/alternative"
    assert arrived["List-Id"] == "<thread.example.org>"
    assert arrived["Message-ID"] == message.message_id
    assert mail_server.box[0][1].isascii()


def test_mail_is_sent_once_although_its_job_runs_twice(mail_server):
    message = queue()
    mail.enqueue(message)

    assert run_until_idle() == 2
    assert len(mail_server.box) == 1


def test_address_that_the_server_refuses_fails_at_once(mail_server):
    mail_server.answers["RCPT", ADA] = "550 No such person"
    message, other = queue(), queue("grace@example.org", "d")

    run_until_idle()

    assert outcome(message) == (
        State.FAILED,
        "The mail server refused the address: 550 No such person",
    )
    assert outcome(other) == (State.SENT, "")
    assert run_waiting() == 0


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_server_that_asks_to_wait_gets_the_mail_later(mail_server, command):
    mail_server.answers[command] = "451 Grey today"
    message = queue()

    run_until_idle()
    waiting = outcome(message)
    mail_server.answers.clear()
    run_waiting()

    assert waiting[0] == State.QUEUED
    assert waiting[1].endswith(": 451 Grey today")
    assert outcome(message) == (State.SENT, "")
    assert list(mail_server.ids().values()) == [1]


def test_mail_that_the_server_refuses_after_reading_it_fails(mail_server):
    mail_server.answers["DATA"] = "554 Not with these words"
    message = queue()

    run_until_idle()

    assert outcome(message)[0] == State.FAILED
    assert run_waiting() == 0


def test_mail_waits_for_a_server_that_is_down(settings):
    server = Server()
    use(settings, server)
    message = queue()

    run_until_idle()
    waiting = outcome(message)
    with server:
        run_waiting()

    assert waiting[0] == State.QUEUED
    assert waiting[1].startswith("The mail server cannot be reached: ")
    assert outcome(message) == (State.SENT, "")
    assert list(server.ids().values()) == [1]


def test_server_that_hangs_up_in_the_middle_gets_the_mail_again(settings, mail_server):
    with Rude() as rude:
        use(settings, rude)
        message = queue(text="x\n" * 2_000_000)
        run_until_idle()
    waiting = outcome(message)
    use(settings, mail_server)
    Message.objects.update(text="short")
    run_waiting()

    assert waiting[0] == State.QUEUED
    assert outcome(message) == (State.SENT, "")


def test_server_that_hangs_up_after_the_mail_may_have_it_and_gets_it_no_more(mail_server):
    mail_server.answers["TAKEN"] = hang_up
    message = queue()

    run_until_idle()

    assert outcome(message)[0] == State.UNCONFIRMED
    assert run_waiting() == 0
    assert len(mail_server.box) == 1


def test_server_that_falls_silent_before_the_mail_gets_it_later(mail_server, monkeypatch):
    monkeypatch.setattr(smtp, "ANSWER_SECONDS", 0.2)
    mail_server.answers["RCPT"] = fall_silent
    message = queue()

    run_until_idle()
    waiting = outcome(message)
    mail_server.answers.clear()
    monkeypatch.undo()
    run_waiting()

    assert waiting[0] == State.QUEUED
    assert outcome(message) == (State.SENT, "")


def test_server_that_falls_silent_after_the_mail_gets_it_no_more(mail_server, monkeypatch):
    monkeypatch.setattr(smtp, "LAST_ANSWER_SECONDS", 0.2)
    mail_server.answers["TAKEN"] = fall_silent
    message = queue()

    run_until_idle()

    assert outcome(message)[0] == State.UNCONFIRMED
    assert run_waiting() == 0


def test_unconfirmed_mail_goes_again_when_somebody_says_so(mail_server):
    mail_server.answers["TAKEN"] = hang_up
    message = queue()
    run_until_idle()
    mail_server.answers.clear()

    mail.send_again(message)
    run_until_idle()

    assert outcome(message) == (State.SENT, "")
    # With the same Message-ID, by which a mailbox can tell that it is the same mail.
    assert list(mail_server.ids().values()) == [2]


def test_mail_fails_after_its_last_attempt(settings):
    settings.MAIL_TRANSPORT, settings.EMAIL_HOST = "server", "127.0.0.1"
    settings.EMAIL_PORT, settings.EMAIL_HOST_USER = free_port(), None
    message = queue()
    Job.objects.update(worker_ids=["x"] * 200)

    run_until_idle()

    assert outcome(message)[0] == State.FAILED
    assert run_waiting() == 0


def test_domain_in_any_script_is_reached(mail_server):
    queue("ada@bücher.example")

    run_until_idle()

    assert mail_server.box[0][0] == "ada@xn--bcher-kva.example"


def test_name_in_any_script_is_reached_where_the_server_can(mail_server):
    message = queue("grüße@example.org")

    run_until_idle()

    assert outcome(message) == (State.SENT, "")
    assert mail_server.box[0][0] == "grüße@example.org"


def test_name_that_the_server_cannot_take_fails_with_a_sentence(settings):
    with Server(enable_SMTPUTF8=False) as server:
        use(settings, server)
        message = queue("grüße@example.org")
        run_until_idle()

    assert outcome(message) == (
        State.FAILED,
        "The mail server takes only addresses in plain Latin letters.",
    )


def test_site_signs_in_where_the_server_asks(settings):
    def known(server, session, envelope, mechanism, data):
        from aiosmtpd.smtp import AuthResult

        return AuthResult(success=data.login == b"blog" and data.password == b"secret")

    options = {"authenticator": known, "auth_required": True, "auth_require_tls": False}
    with Server(**options) as server:
        use(settings, server)
        message = queue()
        run_until_idle()
        refused = outcome(message)
        settings.EMAIL_HOST_USER, settings.EMAIL_HOST_PASSWORD = "blog", "secret"
        run_waiting()

    assert refused[0] == State.QUEUED
    assert "530" in refused[1]
    assert outcome(message) == (State.SENT, "")
