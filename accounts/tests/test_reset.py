"""A new password by a mail."""

from datetime import timedelta

import pytest
from django.contrib.auth.tokens import PasswordResetTokenGenerator
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User
from accounts.tests.factories import make_user
from accounts.tests.mails import link_in, mails, run_jobs

pytestmark = pytest.mark.django_db

OLD, NEW = "the old unusual words", "some new unusual words"


@pytest.fixture
def ada() -> User:
    return make_user(email="ada@example.org", password=OLD, last_login=timezone.now())


def ask(client, email):
    return client.post(reverse("account_reset_password"), {"email": email})


def link_for(client, email) -> str:
    ask(client, email)
    return link_in(mails(email)[-1])


def set_password(client, link, password=NEW):
    page = client.get(link, follow=True)
    return client.post(page.request["PATH_INFO"], {"password1": password})


def has_password(user, password) -> bool:
    user.refresh_from_db()
    return user.check_password(password)


def test_link_in_a_mail_leads_to_a_new_password(client, ada):
    response = set_password(client, link_for(client, "ADA@example.org".lower()))

    assert response["Location"] == reverse("account_reset_password_from_key_done")
    assert has_password(ada, NEW)
    assert "Your new password is stored" in client.get(response["Location"]).content.decode()


def test_link_leaves_the_address_bar_at_once(client, ada):
    """What a browser tells of the page it comes from has no key in it."""
    link = link_for(client, "ada@example.org")

    response = client.get(link)

    assert response.status_code == 302
    assert response["Location"].endswith("-set-password/")
    assert response["Referrer-Policy"] == "same-origin"


def test_link_works_once(client, ada):
    link = link_for(client, "ada@example.org")
    set_password(client, link)

    page = Client().get(link, follow=True)

    assert "does not work any more" in page.content.decode()
    assert 'name="password1"' not in page.content.decode()


def test_link_dies_after_an_hour(client, ada, monkeypatch):
    link = link_for(client, "ada@example.org")
    later = PasswordResetTokenGenerator()._now() + timedelta(seconds=3601)
    monkeypatch.setattr(PasswordResetTokenGenerator, "_now", lambda self: later)

    set_password(client, link)

    assert has_password(ada, OLD)


@pytest.mark.parametrize(
    "change",
    [
        lambda user: user.set_password("another one, unusual"),
        lambda user: setattr(user, "email", "new@example.org"),
        lambda user: setattr(user, "last_login", timezone.now() + timedelta(seconds=2)),
    ],
)
def test_link_dies_when_the_account_changes(client, ada, change):
    link = link_for(client, "ada@example.org")
    change(ada)
    ada.save()

    set_password(client, link)

    assert not has_password(ada, NEW)


def test_sessions_elsewhere_end(client, ada):
    elsewhere = Client()
    elsewhere.force_login(ada)

    set_password(client, link_for(client, "ada@example.org"))

    assert elsewhere.get(reverse("accounts:home")).status_code == 302


def test_owner_hears_of_the_new_password(client, ada):
    set_password(client, link_for(client, "ada@example.org"))

    notice = mails("ada@example.org")[-1]
    assert "Your password was changed by a link from a mail." in notice.text
    assert "127.0.0.0/24" in notice.text
    assert not notice.secret


def test_first_password_counts_as_replaced(client, ada):
    User.objects.filter(pk=ada.pk).update(has_first_password=True)

    set_password(client, link_for(client, "ada@example.org"))

    ada.refresh_from_db()
    assert not ada.has_first_password


def test_stranger_gets_no_mail(client):
    response = ask(client, "nobody@example.org")

    assert response["Location"] == reverse("account_reset_password_done")
    assert mails() == []


def test_closed_account_gets_no_mail(client, ada):
    User.objects.filter(pk=ada.pk).update(is_active=False)

    ask(client, "ada@example.org")

    assert mails() == []


def test_new_address_that_waits_gets_no_mail(client, ada):
    ada.emailaddress_set.create(email="new@example.org", verified=False)

    ask(client, "new@example.org")

    assert mails() == []


def test_job_that_runs_twice_sends_one_mail(client, ada):
    from blogsite.outgoing.models import Job

    ask(client, "ada@example.org")
    run_jobs()
    Job.objects.filter(task_path__contains="resetting").update(status="READY", finished_at=None)
    run_jobs()

    assert len(mails()) == 1


@pytest.mark.parametrize("password", ["", "short", "password123", "ada@example.org"])
def test_bad_password_is_refused(client, ada, password):
    response = set_password(client, link_for(client, "ada@example.org"), password)

    assert response.status_code == 200
    assert has_password(ada, OLD)


def test_nothing_but_the_password_is_taken(client, ada):
    page = client.get(link_for(client, "ada@example.org"), follow=True)

    client.post(
        page.request["PATH_INFO"],
        {"password1": NEW, "is_staff": "on", "email": "eve@example.org", "user": "1"},
    )

    ada.refresh_from_db()
    assert (ada.is_staff, ada.email) == (False, "ada@example.org")


@pytest.mark.parametrize("person", ["0", "zzzzzzzzzzzzz", "z" * 200, "1"])
def test_made_up_link_is_dead(client, person):
    page = client.get(f"/account/password/reset/{person}-abc-def/")

    assert page.status_code == 200
    assert "does not work any more" in page.content.decode()
