"""Mails about drafts: to whom, once, and with the words that were said."""

import pytest
from django.conf import settings
from django.utils import timezone

from accounts import roles
from blogsite.outgoing.models import Message
from posts import publishing
from posts.models import Review
from posts.publishing import emails
from posts.tests.factories import in_an_hour, make_page, make_post, make_user
from posts.tests.writing import edit

pytestmark = pytest.mark.django_db


def person(name, role=None, **fields):
    user = make_user(display_name=name, email=f"{name.lower()}@example.org", **fields)
    if role:
        roles.give(user, role)
    return user


@pytest.fixture
def ada():
    return person("Ada", roles.AUTHOR)


@pytest.fixture
def grace():
    return person("Grace", roles.EDITOR)


@pytest.fixture
def draft(ada):
    return make_post(authors=[ada], title="Bees <b>&amp;</b>", published_at=None)


def sent() -> list[tuple[str, str]]:
    return list(Message.objects.order_by("pk").values_list("to", "subject"))


def test_editors_are_asked_and_nobody_else(ada, grace, draft):
    person("Mod", roles.MODERATOR)
    person("Other", roles.AUTHOR)
    person("Left", roles.EDITOR, is_active=False)
    person("Root", is_staff=True, is_superuser=True)

    publishing.submit(draft, ada, "Is it <i>short</i> enough?")

    assert sent() == [
        ("grace@example.org", "For review: “Bees <b>&amp;</b>”"),
        ("root@example.org", "For review: “Bees <b>&amp;</b>”"),
    ]
    mail = Message.objects.first()
    desk = f"{settings.SITE_URL}/admin/posts/post/{draft.pk}/change/"
    assert "Ada asks for a review of “Bees <b>&amp;</b>”." in mail.text
    assert "Is it <i>short</i> enough?" in mail.text
    assert desk in mail.text
    assert f'href="{desk}"' in mail.html
    assert "<i>" not in mail.html
    assert "Bees &lt;b&gt;" in mail.html
    assert mail.headers["Auto-Submitted"] == "auto-generated"
    assert mail.headers["List-Id"].startswith("<desk.")


def test_editor_who_submits_is_not_asked(grace, draft):
    publishing.submit(draft, grace)

    assert sent() == []


def test_authors_hear_what_became_of_it(ada, grace, draft):
    mute = make_user(display_name="Imported", email=None)
    draft.bylines.create(user=mute)
    draft.bylines.create(user=grace)
    publishing.submit(draft, ada)
    Message.objects.all().delete()

    publishing.send_back(draft, grace, "Add a picture.")
    publishing.submit(draft, ada)
    publishing.publish(draft, grace, note="Lovely.")

    to_ada = Message.objects.filter(to="ada@example.org").order_by("pk")
    assert [mail.subject.partition(":")[0] for mail in to_ada] == ["Sent back", "Approved"]
    assert "Add a picture." in to_ada[0].text
    assert "Lovely." in to_ada[1].text
    assert draft.permalink in to_ada[1].text
    assert Message.objects.filter(to="grace@example.org").count() == 1  # the second asking


def test_date_is_told_in_the_authors_zone(ada, grace, draft):
    ada.time_zone = "Asia/Kolkata"
    ada.save()
    moment = in_an_hour().replace(year=2099, month=1, day=1, hour=12, minute=0)

    publishing.publish(draft, grace, at=moment)

    [mail] = Message.objects.all()
    assert mail.to == "ada@example.org"
    assert "from 2099-01-01 17:30 (Asia/Kolkata, 12:00 UTC) on" in mail.text


def test_nobody_is_told_of_what_they_did_themselves(ada, draft):
    publishing.publish(draft, ada)
    publishing.publish(make_page(published_at=None), ada)

    assert sent() == []


def test_one_step_is_told_once(ada, grace, draft):
    review = Review.objects.create(post=draft, kind="sent_back", by=grace, note="Why.")

    emails.sent_back(review)
    emails.sent_back(review)

    assert len(sent()) == 1


def test_mail_goes_with_the_change_or_not_at_all(client, ada, grace, draft, monkeypatch):
    client.force_login(ada)
    client.raise_request_exception = False
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.contrib.admin.models.LogEntryManager.log_actions", lambda *a, **k: 1 / 0
        )
        response = edit(client, draft, button="_submit", title="Wasps")

    assert response.status_code == 500
    draft.refresh_from_db()
    assert (draft.submitted_at, sent()) == (None, [])


def test_address_that_is_none_holds_up_nothing(ada, draft):
    person("Odd", roles.EDITOR)
    type(ada).objects.filter(display_name="Odd").update(email="no address")

    publishing.submit(draft, ada)

    assert draft.submitted_at <= timezone.now()
    assert sent() == []
