"""What becomes of a mail whose worker was killed while handing it over."""

import os
import time

import pytest

from blogsite.outgoing import last_byte, mail, processes
from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not processes.boot(), reason="Only Linux tells one boot from another"),
]
State = Message.State


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.VAR_DIR = tmp_path


def left_behind(is_leaving: bool):
    """A mail, and the note of the worker that died with it."""
    message = mail.queue("c", "ada@example.org", "Hello", "Words")
    Message.objects.update(state=State.HANDING_OVER, attempts=1, worker="gone")
    message.refresh_from_db()
    note = last_byte.Note("gone", message)
    note.open()
    if is_leaving:
        note.write()
    return message


def state_after(message) -> str:
    run_until_idle()
    message.refresh_from_db()
    return message.state


def test_mail_whose_last_byte_never_left_goes_again(mail_server):
    assert state_after(left_behind(is_leaving=False)) == State.SENT
    assert len(mail_server.box) == 1


def test_mail_whose_last_byte_was_leaving_is_unconfirmed(mail_server):
    assert state_after(left_behind(is_leaving=True)) == State.UNCONFIRMED
    assert mail_server.box == []


def test_note_of_another_boot_is_not_believed(mail_server, monkeypatch):
    message = left_behind(is_leaving=False)
    monkeypatch.setattr(processes, "boot", lambda: "another")

    assert state_after(message) == State.UNCONFIRMED


def test_notes_are_removed_after_the_mail_and_old_ones_later(mail_server, tmp_path):
    left_behind(is_leaving=True)
    (note,) = (tmp_path / "outgoing").iterdir()
    mail.queue("d", "ada@example.org", "Hello", "Words")

    run_until_idle()
    last_byte.remove_old()
    kept = list((tmp_path / "outgoing").iterdir())
    week_ago = time.time() - last_byte.KEPT_SECONDS - 60
    os.utime(note, (week_ago, week_ago))
    last_byte.remove_old()

    assert kept == [note]
    assert list((tmp_path / "outgoing").iterdir()) == []
