"""The states of a text, the ways between them, and what each leaves behind."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from blogsite.audit.models import Event
from posts import publishing
from posts.models import Post, Review
from posts.tests.authors import sign_in
from posts.tests.factories import an_hour_ago, in_an_hour, make_page, make_post
from posts.tests.writing import address, edit, errors_of

pytestmark = pytest.mark.django_db


def verbs():
    """What the record says of texts, oldest first, without the saving of forms."""
    told = Event.objects.filter(verb__startswith="posts.").order_by("pk")
    kinds = [verb.partition("_")[2] for verb in told.values_list("verb", flat=True)]
    return [kind for kind in kinds if kind != "changed"]


@pytest.fixture
def reader():
    return Client()


# --- Functions --------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_post, make_page])
def test_text_goes_out_comes_back_and_is_gone(reader, editor, make):
    thing = make(published_at=None)
    seen = []

    def look():
        seen.append(reader.get(thing.get_absolute_url()).status_code)

    look()
    publishing.publish(thing, editor)
    look()
    publishing.unpublish(thing, editor)
    look()
    publishing.publish(thing, editor, at=in_an_hour())
    look()
    publishing.unpublish(thing, editor)
    publishing.publish(thing, editor)
    look()

    assert seen == [404, 200, 410, 410, 200]
    assert verbs() == ["published", "unpublished", "scheduled", "unscheduled", "published"]


def test_expired_text_is_gone_from_every_list_and_can_come_back(reader, editor):
    post = make_post(title="Zqover")
    moment = post.published_at
    lists = ["/", "/feed/", "/rss/", "/feed.json", "/sitemap-posts-1.xml", "/archive/", "/llms.txt"]

    publishing.expire_at(post, timezone.now(), editor)
    shown = [path for path in lists if "zqover" in reader.get(path).content.decode().lower()]
    gone = reader.get(post.get_absolute_url()).status_code
    publishing.publish(post, editor)

    post.refresh_from_db()
    assert (shown, gone) == ([], 410)
    assert (post.status, post.published_at, post.expires_at) == ("published", moment, None)
    assert verbs() == ["expired", "published"]


def test_end_passes_without_anything_running(reader):
    post = make_post(expires_at=in_an_hour())
    before = reader.get(post.get_absolute_url()).status_code

    Post.objects.update(expires_at=an_hour_ago())

    assert (before, reader.get(post.get_absolute_url()).status_code) == (200, 410)


def test_draft_that_was_never_public_is_unknown(reader, editor):
    post = make_post(published_at=in_an_hour())

    publishing.unpublish(post, editor)

    assert reader.get(post.get_absolute_url()).status_code == 404


def test_publishing_what_is_public_changes_nothing(editor):
    post = make_post()
    moment = post.published_at

    publishing.publish(post, editor)

    post.refresh_from_db()
    assert (post.published_at, verbs()) == (moment, [])


# --- At the desk ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "name", "sentence"),
    [
        ({"published_at": None}, "Draft", "Readers do not see it."),
        ({"published_at": None, "submitted_at": an_hour_ago()}, "In review", "waits for an editor"),
        ({"published_at": in_an_hour()}, "Scheduled", "Readers will see it from"),
        ({}, "Published", "Everybody can read it since"),
        ({"expires_at": in_an_hour()}, "Published", "Everybody can read it until"),
        (
            {"published_at": an_hour_ago() - timedelta(1), "expires_at": an_hour_ago()},
            "Expired",
            "its address says that it is gone",
        ),
        ({"deleted_at": an_hour_ago()}, "In the trash", "until it is restored"),
    ],
)
def test_page_says_where_the_text_stands(desk, fields, name, sentence):
    post = make_post(**fields)

    html = desk.get(address("change", post.pk)).content.decode()

    panel = html.partition('class="desk-panel desk-state"')[2].partition("</section>")[0]
    assert f">{name}</span>" in panel
    assert sentence in panel


def test_buttons_take_back_and_bring_back(desk):
    post = make_post()

    edit(desk, post, button="_unpublish")
    post.refresh_from_db()
    assert (post.status, post.is_gone) == ("draft", True)

    edit(desk, post, button="_publish")
    post.refresh_from_db()
    assert (post.status, post.withdrawn_at) == ("published", None)
    assert verbs() == ["unpublished", "published"]


def test_end_before_the_beginning_is_refused(desk):
    post = make_post()

    response = edit(desk, post, expires_at_0="2001-01-01", expires_at_1="12:00")

    assert errors_of(response) == {"expires_at": ["It would end before it begins."]}


@pytest.mark.parametrize("button", ["_publish", "_unpublish", "_approve", "_send_back"])
def test_author_decides_nothing(client, button):
    author = sign_in(client)
    draft = make_post(authors=[author], published_at=None, submitted_at=an_hour_ago())

    response = edit(client, draft, button=button, review_note="Please.")

    draft.refresh_from_db()
    assert response.status_code == 403
    assert (draft.status, bool(draft.submitted_at)) == ("draft", True)


def test_list_finds_what_expired(desk):
    over = make_post(published_at=an_hour_ago() - timedelta(1), expires_at=an_hour_ago())
    make_post()

    listed = desk.get(reverse("admin:posts_post_changelist"), {"status": "expired"})

    assert list(listed.context["cl"].result_list) == [over]


# --- Reviews ----------------------------------------------------------------------


def test_review_is_told_step_by_step(client):
    author = sign_in(client)
    post = make_post(authors=[author], published_at=None)
    edit(client, post, button="_submit", review_note="Is the title good?")
    edit(client, post, button="_take_back")
    edit(client, post, button="_submit", review_note="Now it is.")
    editor = sign_in(client, roles.EDITOR)
    edit(client, post, button="_send_back", review_note="Add a picture.")
    publishing.submit(post, author)
    edit(client, post, button="_approve", review_note="Lovely.")

    post.refresh_from_db()
    steps = post.reviews.order_by("pk").values_list("kind", "by", "note")
    assert list(steps) == [
        ("submitted", author.pk, "Is the title good?"),
        ("taken_back", author.pk, ""),
        ("submitted", author.pk, "Now it is."),
        ("sent_back", editor.pk, "Add a picture."),
        ("submitted", author.pk, ""),
        ("approved", editor.pk, "Lovely."),
    ]
    assert post.is_published
    assert verbs() == [
        *("submitted", "taken_back", "submitted", "sent_back", "submitted", "approved")
    ]
    shown = client.get(address("change", post.pk)).content.decode()
    assert "Add a picture." in shown


def test_submitting_twice_is_one_step(editor):
    post = make_post(published_at=None)

    publishing.submit(post, editor)

    assert publishing.submit(post, editor) is None
    assert Review.objects.count() == 1


def test_sending_back_needs_a_reason(client):
    sign_in(client, roles.EDITOR)
    post = make_post(published_at=None, submitted_at=an_hour_ago())

    response = edit(client, post, button="_send_back", review_note="  ")

    assert errors_of(response) == {"review_note": ["Say in a note why it comes back."]}
    assert "Say in a note why it comes back." in response.content.decode()
    post.refresh_from_db()
    assert post.submitted_at


def test_approval_with_a_date_schedules(client):
    sign_in(client, roles.EDITOR)
    post = make_post(published_at=None, submitted_at=an_hour_ago())

    edit(client, post, button="_approve", published_at_0="2099-01-01", published_at_1="12:00")

    post.refresh_from_db()
    assert (post.status, post.submitted_at) == ("scheduled", None)
    assert verbs() == ["approved"]


def test_sending_back_leaves_the_dates_alone(client):
    sign_in(client, roles.EDITOR)
    post = make_post(published_at=None, submitted_at=an_hour_ago())
    sent = {"published_at_0": "2099-01-01", "published_at_1": "12:00", "review_note": "No."}

    edit(client, post, button="_send_back", **sent)

    post.refresh_from_db()
    assert (post.status, post.submitted_at) == ("draft", None)
