"""Mails and jobs on the desk."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django_tasks import TaskResultStatus

from blogsite.outgoing import mail
from blogsite.outgoing.models import Job, Message
from blogsite.outgoing.tests import samples
from blogsite.outgoing.worker import run_until_idle

pytestmark = pytest.mark.django_db
MAILS = "admin:outgoing_message_changelist"
JOBS = "admin:outgoing_job_changelist"


@pytest.fixture
def desk(client):
    people = get_user_model().objects
    client.force_login(people.create_superuser("desk@example.org", "a long password"))
    return client


def act(desk, page, action, *rows):
    data = {"action": action, "_selected_action": [str(row.pk) for row in rows]}
    response = desk.post(reverse(page), data, follow=True)
    return [str(message) for message in response.context["messages"]]


def make(state, number=1, **fields):
    message = mail.queue(f"sample:{number}", "ada@example.org", "Hello", "Words")
    Message.objects.filter(pk=message.pk).update(state=state, **fields)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize("state", Message.MAY_GO_AGAIN)
def test_mail_is_sent_again(desk, state):
    message = make(state)
    Job.objects.all().delete()

    told = act(desk, MAILS, "send_again", message)

    message.refresh_from_db()
    assert told == ["1 mail waits."]
    assert (message.state, Job.objects.count()) == (Message.State.QUEUED, 1)


@pytest.mark.parametrize("state", [Message.State.QUEUED, Message.State.HANDING_OVER, "sent"])
def test_mail_that_waits_or_has_gone_is_not_sent_again(desk, state):
    message = make(state)
    Job.objects.all().delete()

    told = act(desk, MAILS, "send_again", message)

    message.refresh_from_db()
    assert told == ["None of these mails is in a state for that."]
    assert (message.state, Job.objects.count()) == (state, 0)


def test_mail_sent_again_twice_is_queued_once(desk):
    message = make(Message.State.FAILED)
    Job.objects.all().delete()

    assert [mail.send_again(message), mail.send_again(message)] == [True, False]
    assert Job.objects.count() == 1


def test_mail_that_is_not_to_be_sent_never_leaves(desk, mail_folder):
    message = make(Message.State.QUEUED)

    act(desk, MAILS, "do_not_send", message)
    run_until_idle()

    message.refresh_from_db()
    assert message.state == Message.State.CANCELLED
    assert not mail_folder.exists()


def test_html_of_a_mail_is_shown_as_text(desk):
    message = mail.queue("a", "a@example.org", "<b>S</b>", "<i>T</i>", "<script>alert(1)</script>")

    page = desk.get(reverse("admin:outgoing_message_change", args=[message.pk])).content.decode()

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert(1)" not in page
    assert "<i>T</i>" not in page
    assert "<b>S</b>" not in page


def test_mail_cannot_be_changed_and_goes_only_when_it_is_finished(desk):
    waiting, sent = make(Message.State.QUEUED, 1), make(Message.State.SENT, 2)

    changed = desk.post(
        reverse("admin:outgoing_message_change", args=[sent.pk]), {"to": "b@example.org"}
    )
    kept = desk.post(reverse("admin:outgoing_message_delete", args=[waiting.pk]), {"post": "yes"})
    desk.post(reverse("admin:outgoing_message_delete", args=[sent.pk]), {"post": "yes"})

    assert (changed.status_code, kept.status_code) == (403, 403)
    assert list(Message.objects.all()) == [waiting]


def test_failed_job_runs_again(desk):
    samples.broken.enqueue()
    run_until_idle()
    Job.objects.update(status=TaskResultStatus.FAILED, worker_ids=["x"] * 20)
    job = Job.objects.get()

    told = act(desk, JOBS, "run_again", job)
    count = run_until_idle()

    job.refresh_from_db()
    assert (told, count) == (["1 job will run again."], 1)
    assert (job.status, job.attempts) == (TaskResultStatus.READY, 1)
    assert job.last_error == "ZeroDivisionError: division by zero"


def test_job_that_has_not_failed_is_left_alone(desk):
    samples.fine.enqueue(1)

    told = act(desk, JOBS, "run_again", Job.objects.get())

    assert told == ["None of these jobs has failed."]


@pytest.mark.parametrize("page", [MAILS, JOBS])
def test_list_costs_the_same_for_one_and_for_many(desk, page):
    make(Message.State.SENT, 0)
    queries_of(desk, page)  # what many pages need is remembered from then on
    before = queries_of(desk, page)
    for number in range(1, 4):
        make(Message.State.SENT, number)

    assert queries_of(desk, page) == before
    assert len(desk.get(reverse(page)).context["cl"].result_list) == 4


def queries_of(desk, page) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert desk.get(reverse(page)).status_code == 200
    return len(queries)


def test_start_page_says_that_mail_goes_to_a_folder(desk, settings):
    told = desk.get(reverse("admin:index")).content.decode()
    settings.MAIL_TRANSPORT = "server"
    silent = desk.get(reverse("admin:index")).content.decode()

    assert "No mail server is set" in told
    assert "No mail server is set" not in silent


def test_start_page_counts_what_failed(desk, settings):
    settings.MAIL_TRANSPORT = "server"
    make(Message.State.FAILED, 1)
    make(Message.State.UNCONFIRMED, 2)
    make(Message.State.SENT, 3)
    Job.objects.all().delete()
    samples.fine.enqueue(1)
    Job.objects.update(status=TaskResultStatus.FAILED)

    page = desk.get(reverse("admin:index"))

    assert page.context["mails"] == {"failed": 1, "unconfirmed": 1, "late": 0}
    assert page.context["failed_jobs"] == 1
    assert b"mail without confirmation" in page.content


def test_start_page_tells_nothing_to_who_may_not_see_mail(client):
    user = get_user_model().objects.create_user("w@example.org", "a long password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_post"))
    client.force_login(user)

    assert b"No mail server" not in client.get(reverse("admin:index")).content


def test_who_may_only_look_can_send_nothing(client):
    user = get_user_model().objects.create_user("w@example.org", "a long password", is_staff=True)
    user.user_permissions.add(Permission.objects.get(codename="view_message"))
    client.force_login(user)
    message = make(Message.State.FAILED)

    act(client, MAILS, "send_again", message)

    message.refresh_from_db()
    assert message.state == Message.State.FAILED
