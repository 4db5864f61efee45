"""Mail: queued, once for each cause, and written to the folder."""

import pytest

from blogsite.outgoing import mail
from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def test_mail_is_written_to_the_folder(mail_folder):
    message = mail.queue("a:1", "ada@example.org", "Hello", "Some words.\n")

    run_until_idle()

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    (file,) = mail_folder.iterdir()
    assert b"To: ada@example.org\r\n" in file.read_bytes()
