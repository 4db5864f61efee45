"""While the site is read-only, everybody reads and nobody writes."""

from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.urls import reverse

from accounts.tests.entrance import PASSWORD, is_signed_in, try_to_sign_in
from accounts.tests.factories import make_user
from blogsite.audit.models import Event
from comments.models import Comment
from comments.tests.writing import form_on, said_on, send, send_as_member
from posts.models import Tag
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db

ADA = "ada@example.org"


def lock_site(*arguments) -> str:
    out = StringIO()
    call_command("lock_site", *arguments, stdout=out)
    return out.getvalue().strip()


def add_tag(client):
    return client.post(reverse("admin:posts_tag_add"), {"name": "New", "slug": "new"})


@pytest.fixture
def superuser():
    return make_user(email=ADA, password=PASSWORD, is_staff=True, is_superuser=True)


# --- Readers ----------------------------------------------------------------------


def test_readers_read_everything(client):
    post = make_post(title="Open", body="All of it")
    lock_site("--read-only")

    paths = ["/", post.get_absolute_url(), "/feed/", "/search/?q=open", "/account/login/"]

    assert [client.get(path).status_code for path in paths] == [200] * len(paths)


def test_comment_of_a_guest_is_refused_with_its_text(client):
    post = make_post()
    lock_site("--read-only")

    response = send(client, post, body="Words that took an hour.")

    assert response.status_code == 503
    assert int(response["Retry-After"]) == 600
    assert form_on(response)["body"] == "Words that took an hour."
    assert "The site is read-only for a while" in said_on(response)
    assert "no-store" in response["Cache-Control"]
    assert not Comment.objects.exists()


def test_comment_of_a_member_is_refused_with_its_text(client):
    post = make_post()
    client.force_login(make_user())
    lock_site("--read-only")

    response = send_as_member(client, post, body="Words that took an hour.")

    assert response.status_code == 503
    assert form_on(response)["body"] == "Words that took an hour."
    assert not Comment.objects.exists()


def test_other_forms_are_refused_kindly(client):
    lock_site("--read-only")

    response = client.post(reverse("account_signup"), {"email": "new@example.org"})

    assert response.status_code == 503
    assert int(response["Retry-After"]) == 600
    assert "no-store" in response["Cache-Control"]
    assert "The site is read-only for a while" in response.content.decode()
    assert mail.outbox == []


# --- Who may write ----------------------------------------------------------------


def test_nobody_may_sign_in_or_write(client, superuser):
    lock_site("--read-only")

    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 503
    client.force_login(superuser)
    assert add_tag(client).status_code == 503
    assert not Tag.objects.exists()


def test_staff_may_sign_in_and_write_when_excepted(client, superuser):
    said = lock_site("--read-only", "--except-staff")

    assert said == "The site is read-only; staff alone may write."
    assert try_to_sign_in(client, ADA, PASSWORD).status_code == 302
    assert add_tag(client).status_code == 302
    assert Tag.objects.get().name == "New"


def test_members_write_nothing_when_staff_is_excepted(client):
    member = make_user(email=ADA, password=PASSWORD)
    post = make_post()
    lock_site("--read-only", "--except-staff")

    try_to_sign_in(client, ADA, PASSWORD)

    assert is_signed_in(client, member)
    assert send_as_member(client, post).status_code == 503
    assert not Comment.objects.exists()


def test_what_was_sent_before_the_lock_is_not_done_after_it(client):
    """A form that was put off until somebody said again who they are."""
    member = make_user(email=ADA, password=PASSWORD)
    client.force_login(member)
    asked_again = client.post(reverse("accounts:leave"), {"leaving": "remove"})["Location"]
    lock_site("--read-only", "--except-staff")

    response = client.post(asked_again, {"password": PASSWORD})

    member.refresh_from_db()
    assert response.status_code == 503
    assert member.leaves_at is None


def test_staff_say_again_who_they_are_when_excepted(client, superuser):
    client.force_login(superuser)
    lock_site("--read-only", "--except-staff")

    response = client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    assert response.status_code == 302


def test_everybody_may_sign_out(client, superuser):
    client.force_login(superuser)
    lock_site("--read-only")

    assert client.post(reverse("account_logout")).status_code == 302
    assert not is_signed_in(client, superuser)


def test_desk_says_that_the_site_is_read_only(client, superuser):
    client.force_login(superuser)
    notice = "The site is read-only since"
    assert notice not in client.get("/admin/").content.decode()

    lock_site("--read-only")
    assert notice in client.get("/admin/").content.decode()


# --- The switch -------------------------------------------------------------------


def test_site_opens_again(client):
    post = make_post()
    lock_site("--read-only")
    assert send(client, post).status_code == 503

    assert lock_site("--open") == "The site is open."

    assert send(client, post).status_code == 303


def test_switch_can_be_turned_twice(client):
    lock_site("--read-only", "--except-staff")

    assert lock_site("--read-only") == "The site is read-only; nobody may write."
    assert send(client, make_post()).status_code == 503


def test_switch_is_recorded():
    lock_site("--read-only", "--except-staff")
    lock_site("--open")

    events = Event.objects.order_by("pk").values_list("verb", "actor_name", "details")
    assert list(events) == [
        ("site.locked", "manage.py lock_site", {"except_staff": True}),
        ("site.opened", "manage.py lock_site", {}),
    ]


def test_switch_wants_to_know_which_way():
    with pytest.raises(CommandError, match="one of the arguments --read-only --open is required"):
        lock_site()


def test_reading_asks_nothing_of_the_switch(client, django_assert_max_num_queries):
    lock_site("--read-only")

    with django_assert_max_num_queries(20) as queries:
        client.get("/")

    assert not [each for each in queries if "readonly_lock" in each["sql"]]
