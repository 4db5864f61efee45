"""Mails with a link that lets in whoever follows it: nobody at the desk reads them."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.urls import reverse

from blogsite.outgoing import folder, mail
from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
LINK = "https://blog.example.org/account/quokka"


@pytest.fixture
def reader_of_mails(client):
    """Staff who may look at mails and jobs, send them again and delete them."""
    person = get_user_model().objects.create_user("ops@example.org", "x", is_staff=True)
    person.user_permissions.set(Permission.objects.filter(content_type__app_label="outgoing"))
    client.force_login(person)
    return client


def queue_secret(**fields):
    message = mail.queue(
        "reset:1", "ada@example.org", "New password", LINK, LINK, {"X-Link": LINK}, secret=True
    )
    Message.objects.filter(pk=message.pk).update(**fields)
    return message


@pytest.mark.parametrize("state", Message.State.values)
def test_link_is_on_no_page_of_the_desk(reader_of_mails, state):
    message = queue_secret(state=state)
    job = reverse("admin:outgoing_job_changelist")
    mails = reverse("admin:outgoing_message_changelist")
    own = [
        reverse(f"admin:outgoing_message_{name}", args=[message.pk])
        for name in ["change", "delete", "history"]
    ]

    pages = [
        reader_of_mails.get(path, follow=True) for path in [mails, f"{mails}?q=quokka", job, *own]
    ]

    assert [page.status_code for page in pages[:2]] == [200, 200]
    assert not any(LINK in page.content.decode() for page in pages)


def test_subject_and_state_are_shown(reader_of_mails):
    message = queue_secret()

    page = reader_of_mails.get(reverse("admin:outgoing_message_change", args=[message.pk]))

    assert "New password" in page.content.decode()
    assert "For nobody but the one it goes to" in page.content.decode()


def test_words_are_gone_once_sent_and_stand_in_the_mail():
    message = queue_secret()

    run_until_idle()

    message.refresh_from_db()
    assert message.state == Message.State.SENT
    assert (message.text, message.html, message.headers) == ("", "", {})
    assert (message.to, message.subject) == ("ada@example.org", "New password")
    path = folder.path_of(message)
    assert LINK in path.read_text()
    assert path.stat().st_mode & 0o777 == 0o600


def test_words_of_other_mails_stay():
    message = mail.queue("hello:1", "ada@example.org", "Hello", "Words")

    run_until_idle()

    message.refresh_from_db()
    assert message.text == "Words"
