"""Mail: queued once for each cause, with its change, and written to the folder."""

import re
from datetime import timedelta
from email import message_from_bytes, policy

import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db import transaction
from django.utils import timezone

from blogsite.outgoing import folder, housekeeping, mail
from blogsite.outgoing.models import Job, Message
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
State = Message.State


def queue(cause="c", to="ada@example.org", subject="Hello", text="Words", **more):
    return mail.queue(cause, to, subject, text, **more)


def delivered(mail_folder):
    """The one mail in the folder."""
    run_until_idle()
    (file,) = mail_folder.iterdir()
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def head(mail_folder) -> str:
    """The header lines as written, unfolded by nobody."""
    run_until_idle()
    (file,) = mail_folder.iterdir()
    return file.read_bytes().partition(b"\r\n\r\n")[0].decode()


def test_one_cause_is_one_mail(mail_folder):
    first = queue("answer:1")
    run_until_idle()
    second = queue("answer:1", to="eve@example.org", text="Other words")

    assert first == second
    assert run_until_idle() == 0
    assert len(list(mail_folder.iterdir())) == 1


def test_mail_is_stored_with_its_cause_or_not_at_all():
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        queue()
        1 / 0  # noqa: B018 - undoes the transaction

    assert (Message.objects.count(), Job.objects.count()) == (0, 0)


def test_mail_for_later_waits(mail_folder):
    queue(not_before=timezone.now() + timedelta(hours=1))

    assert run_until_idle() == 0


def test_mail_in_the_folder_is_whole_and_for_the_owner_alone(mail_folder):
    message = queue(html="<p>Words</p>")

    run_until_idle()

    (file,) = mail_folder.iterdir()
    assert file == folder.path_of(message)
    assert file.stat().st_mode & 0o077 == 0
    assert mail_folder.stat().st_mode & 0o077 == 0
    assert b"<p>Words</p>" in file.read_bytes()


def test_mail_goes_to_a_folder_unless_a_server_is_set(settings):
    by_default = mail.goes_to_folder()
    settings.MAIL_TRANSPORT = "server"

    assert (by_default, mail.goes_to_folder()) == (True, False)


def test_folder_that_cannot_be_written_keeps_the_mail(settings, tmp_path):
    (tmp_path / "file").touch()
    settings.EMAIL_FILE_PATH = str(tmp_path / "file" / "mail")
    message = queue()

    run_until_idle()

    message.refresh_from_db()
    assert message.state == State.QUEUED
    assert "Not a directory" in message.last_error


@pytest.mark.parametrize(
    "address",
    [
        "",
        "ada",
        "@example.org",
        "ada@",
        "ada@example.org\r\nBcc: eve@example.org",
        "ada@example.org\n",
        "ada@example.org\0",
        "ada@example.org, eve@example.org",
        "<ada@example.org>",
        "Ada <ada@example.org>",
        "a da@example.org",
        "ü da@example.org",
        "ü<@example.org",
        '"a\nb"@example.org',
        "ada@exa mple.org",
        f"{'a' * 65}@example.org",
        f"{'ü' * 33}@example.org",
        f"ada@{'a' * 64}.org",
        f"ada@{'ü' * 63}.org",
        f"ada@{'a.' * 125}org",
        "ada@example.org\u2028",
        "ada\ud800@example.org",
    ],
)
def test_address_that_is_none_is_refused(address):
    with pytest.raises(ValueError, match="Not an e-mail address"):
        queue(to=address)

    assert not Message.objects.exists()


@pytest.mark.parametrize(
    "name", ["To", "bcc", "Subject", "From", "Content-Type", "X Y", "X:", "X\r\nBcc", "", "Grüße"]
)
def test_header_that_is_ours_or_none_is_refused(name):
    with pytest.raises(ValueError, match="Not a header"):
        queue(headers={name: "x"})


@pytest.mark.parametrize("evil", ["\r\n", "\n", "\r", "\0", "\u2028", "\x85", "\r\n ", "\v", "\f"])
def test_nothing_ends_a_header_line(mail_folder, evil):
    text = f"Hello{evil}Bcc: eve@example.org{evil}{evil}Body"

    queue(
        subject=text,
        sender_name=text,
        headers={"List-Id": text, "Message-ID": f"<a{evil}Bcc: b@c>"},
    )
    arrived = delivered(mail_folder)

    assert arrived["Bcc"] is None
    assert arrived["Subject"] == "Hello Bcc: eve@example.org Body"
    assert arrived.get_content().strip() == "Words"


def test_long_and_foreign_headers_are_read_back(mail_folder):
    subject = "Grüße aus " + "Düsseldorf und Umgebung, " * 20 + "世界"
    queue(subject=subject, sender_name='Ada "the Ü" Lovelace')

    arrived = delivered(mail_folder)

    assert arrived["Subject"] == subject
    assert arrived["From"].addresses[0].display_name == 'Ada "the Ü" Lovelace'
    assert arrived["From"].addresses[0].addr_spec == "blog@testserver"


def test_long_address_to_unsubscribe_is_never_encoded(mail_folder):
    url = f"https://blog.example.org/comments/mail/stop/{'x' * 300}/"
    queue(
        headers={
            "List-Unsubscribe": f"<{url}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        }
    )

    assert f"<{url}>" in head(mail_folder)


def test_lines_of_the_head_are_short_and_ascii(mail_folder):
    references = " ".join(f"<{number}.0123456789abcdef@example.org>" for number in range(30))
    queue(subject="Ü" * 300, headers={"References": references})

    lines = head(mail_folder).split("\r\n")

    assert max(map(len, lines)) <= 78
    assert all(line.isascii() for line in lines)


def test_name_that_needs_quotes_gets_them(mail_folder):
    queue(sender_name='Ada, "Lady" L.')

    assert 'From: "Ada, \\"Lady\\" L." <blog@testserver>' in head(mail_folder)


def test_mail_keeps_its_date_and_its_id(mail_folder):
    message = queue(headers={"message-id": "<mine@example.org>"})
    Message.objects.update(created_at="2020-01-02T03:04:05Z")

    arrived = delivered(mail_folder)

    assert message.message_id == arrived["Message-ID"] == "<mine@example.org>"
    assert arrived["Date"] == "Thu, 02 Jan 2020 03:04:05 +0000"


def test_each_mail_has_an_id_of_its_own():
    ids = [queue(cause).message_id for cause in "ab"]

    assert ids[0] != ids[1]
    assert all(re.fullmatch(r"<[0-9a-f]{32}@testserver>", each) for each in ids)


@pytest.mark.parametrize("cause", ["", "x" * 201, "a\0b"])
def test_cause_that_cannot_be_kept_is_refused(cause):
    with pytest.raises(ValueError, match="A cause"):
        queue(cause)


def test_words_that_no_database_holds_are_mended(mail_folder):
    queue(subject="a\ud800b", text="a\0b\ud800c\r\nd\re")

    assert Message.objects.get().text == "ab?c\nd\ne"


def test_django_s_own_mail_is_queued(mail_folder):
    connection = get_connection("blogsite.outgoing.backend.QueueingBackend")
    message = EmailMultiAlternatives(
        "Reset",
        "Words",
        "Desk <desk@example.org>",
        ["Ada <ada@example.org>", "eve@example.org"],
        reply_to=["desk@example.org"],
        headers={"X-Kind": "reset"},
        connection=connection,
    )
    message.attach_alternative("<p>Words</p>", "text/html")

    sent = message.send()

    rows = Message.objects.order_by("to")
    assert sent == 1
    assert [row.to for row in rows] == ["ada@example.org", "eve@example.org"]
    assert rows[0].headers == {"X-Kind": "reset", "Reply-To": "desk@example.org"}
    assert (rows[0].html, rows[0].sender_name) == ("<p>Words</p>", "Desk")


def test_words_of_old_mails_are_removed_and_their_causes_kept(mail_folder):
    long_ago = timezone.now() - timedelta(days=31)
    for state in State:
        queue(state.value)
        Message.objects.filter(cause=state.value).update(state=state, created_at=long_ago)
    queue("new")

    housekeeping.empty_old_mails()

    emptied = Message.objects.filter(to="", subject="", text="").exclude(emptied_at=None)
    assert sorted(emptied.values_list("cause", flat=True)) == ["cancelled", "sent"]
    assert queue("sent").text == ""
    assert not mail.send_again(Message.objects.get(cause="cancelled"))
