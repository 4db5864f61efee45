"""Changing many posts at once from their list."""

from datetime import UTC, datetime

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import roles
from blogsite.audit.models import Event
from posts.models import Post, Revision, Tag
from posts.tests.authors import make_secret, sign_in
from posts.tests.factories import in_an_hour, make_post, make_tag, make_user
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

LIST = address("changelist")
CHRISTMAS = {"at_0": "2031-12-24", "at_1": "10:00"}


def act(client, action, posts, **fields):
    marked = [post.pk for post in posts]
    return client.post(LIST, {"action": action, "_selected_action": marked} | fields)


def done(client, action, posts, **fields) -> list[str]:
    """What was said once the form was sent."""
    response = act(client, action, posts, apply="1", **fields)
    assert response.status_code == 302
    return [str(message) for message in get_messages(response.wsgi_request)]


def names(post) -> list[str]:
    return [tag.name for tag in post.tags.all()]


# --- The page in between ----------------------------------------------------------


def test_page_names_what_is_marked_and_changes_nothing(desk):
    posts = [make_post(title=f"Marked {number}") for number in range(12)]

    page = act(desk, "add_tags", posts)

    html = page.content.decode()
    assert page.status_code == 200
    assert "12 posts are marked:" in html
    assert html.count("<bdi>Marked") == 10
    assert "and 2 more" in html
    assert not Revision.objects.exists()


def test_page_sends_what_it_shows_and_no_more(desk):
    """Also where all of the list was marked: what came in since is not changed unseen."""
    first = make_post()
    page = act(desk, "add_tags", [first], select_across="1")
    make_post()

    assert page.context["keys"] == [first.pk]
    assert "select_across" not in page.content.decode()


def test_too_many_are_refused_with_a_sentence(desk):
    Post.objects.bulk_create([Post(slug=f"many-{n}", guid=f"tag:{n}") for n in range(501)])

    response = desk.post(
        LIST, {"action": "add_tags", "_selected_action": [1], "select_across": "1"}
    )

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["At most 500 posts can be changed at once. Mark fewer."]


# --- Tags -------------------------------------------------------------------------


def test_tags_are_added_to_all_and_new_ones_made(desk, editor):
    make_tag("Python")
    bare, tagged = make_post(), make_post(tags=[make_tag("Django")])

    said = done(desk, "add_tags", [bare, tagged], tag_names="python, Brand new")

    assert said == ["2 posts changed."]
    assert names(bare) == ["Brand new", "Python"]
    assert names(tagged) == ["Brand new", "Django", "Python"]


def test_each_changed_post_gets_a_revision_and_an_event(desk, editor):
    post = make_post()

    done(desk, "add_tags", [post], tag_names="New")

    kept = Revision.objects.filter(post=post).order_by("number")
    assert [(each.reason, each.saved_by) for each in kept] == [
        ("found", None),
        ("changed", editor),
    ]
    assert Event.objects.filter(verb="posts.post_changed", target_id=post.pk).count() == 1


def test_what_has_the_tags_already_is_skipped_and_named(desk):
    tag = make_tag("Python")
    has, lacks = make_post(title="Has it", tags=[tag]), make_post()

    said = done(desk, "add_tags", [has, lacks], tag_names="Python")

    assert said == ["1 post changed.", "1 skipped (had these tags already): “Has it”"]
    assert not Revision.objects.filter(post=has).exists()


def test_tags_are_removed(desk):
    going, staying, other = make_tag("Going"), make_tag("Staying"), make_tag("Other")
    post = make_post(tags=[going, staying])

    offered = list(act(desk, "remove_tags", [post]).context["form"].fields["tags"].queryset)
    done(desk, "remove_tags", [post], tags=[going.pk])

    assert offered == [going, staying]
    assert names(post) == ["Staying"]
    assert Tag.objects.filter(pk=other.pk).exists()


@pytest.mark.parametrize("typed", ["", " , ", "x" * 101])
def test_tags_that_cannot_be_are_refused_beside_the_field(desk, typed):
    page = act(desk, "add_tags", [make_post()], apply="1", tag_names=typed)

    assert page.status_code == 200
    assert "tag_names" in page.context["form"].errors
    assert not Tag.objects.exists()


# --- Authors ----------------------------------------------------------------------


def test_authors_are_added_after_those_there_are(desk):
    first, second = make_user(), make_user(is_staff=True)
    post = make_post(authors=[first])

    done(desk, "name_authors", [post], authors=[second.pk])

    assert Post.objects.get().author_list == [first, second]


def test_authors_are_replaced(desk):
    second = make_user(is_staff=True)
    post = make_post(authors=[make_user(), make_user()])

    done(desk, "name_authors", [post], authors=[second.pk], instead="yes")

    assert Post.objects.get().author_list == [second]


def test_reader_cannot_be_named(desk):
    reader = make_user(email="reader@example.org")

    page = act(desk, "name_authors", [make_post()], apply="1", authors=[reader.pk])

    assert "authors" in page.context["form"].errors


# --- Scheduling -------------------------------------------------------------------


def test_drafts_are_scheduled_by_the_clocks_of_the_editor(desk, editor):
    editor.time_zone = "Europe/Berlin"
    editor.save()
    drafts = [make_post(published_at=None), make_post(published_at=in_an_hour())]

    said = done(desk, "schedule", drafts, **CHRISTMAS)

    moments = set(Post.objects.values_list("published_at", flat=True))
    assert moments == {datetime(2031, 12, 24, 9, tzinfo=UTC)}
    assert said == ["2 posts changed."]
    assert Event.objects.filter(verb="posts.post_scheduled").count() == 2
    assert Revision.objects.filter(reason="changed").count() == 2


def test_published_post_is_not_scheduled(desk):
    post = make_post(title="Out")
    before = post.published_at

    said = done(desk, "schedule", [post], **CHRISTMAS)

    post.refresh_from_db()
    assert post.published_at == before
    assert said == ["0 posts changed.", "1 skipped (is public, or was): “Out”"]


def test_what_the_linter_holds_back_is_skipped_with_its_reason(desk):
    bad = make_post(title="Bad", published_at=None, body="See [it](/post/nowhere/).")
    good = make_post(title="Good", published_at=None, summary="Short.")

    first, second = done(desk, "schedule", [bad, good], **CHRISTMAS)

    assert first == "1 post changed."
    assert second.startswith("1 skipped (")
    assert second.endswith("“Bad”")
    assert Post.objects.get(title="Bad").published_at is None


def test_past_is_no_date(desk):
    page = act(
        desk, "schedule", [make_post(published_at=None)], apply="1", at_0="2001-01-01", at_1="10:00"
    )

    assert page.context["form"].errors == {"at": ["This time is over. Choose one that is to come."]}


# --- Who may ----------------------------------------------------------------------


def test_author_changes_tags_of_their_own_drafts_alone(client):
    author = sign_in(client)
    tag = make_tag("Known")
    draft = make_post(authors=[author], published_at=None)
    published = make_post(authors=[author])
    secret = make_secret()

    said = done(client, "add_tags", [draft, published, secret], tag_names="Known")

    assert said == ["1 post changed.", "1 was left out: you may not change it."]
    assert list(Post.everything.filter(tags=tag)) == [draft]


def test_author_makes_no_tags(client):
    author = sign_in(client)
    draft = make_post(authors=[author], published_at=None)

    page = act(client, "add_tags", [draft], apply="1", tag_names="Brand new")

    assert page.context["form"].errors
    assert not Tag.objects.exists()


@pytest.mark.parametrize(
    ("action", "fields"), [("name_authors", {"authors": "1"}), ("schedule", CHRISTMAS)]
)
def test_author_neither_names_nor_schedules(client, action, fields):
    author = sign_in(client)
    draft = make_post(authors=[author], published_at=None)

    act(client, action, [draft], apply="1", **fields)

    draft.refresh_from_db()
    assert (draft.published_at, draft.author_list) == (None, [author])


def test_what_is_in_the_trash_stays_as_it_is(client):
    sign_in(client, roles.EDITOR)
    trashed = make_post(deleted_at=datetime(2026, 1, 1, tzinfo=UTC))

    response = client.post(
        LIST + "?status=trashed",
        {"action": "add_tags", "_selected_action": [trashed.pk], "apply": "1", "tag_names": "New"},
    )

    said = [str(message) for message in get_messages(response.wsgi_request)]
    assert said == ["There is none among these that you may change."]
    assert names(trashed) == []


# --- What it costs ----------------------------------------------------------------


def test_page_costs_the_same_for_one_and_for_many(desk):
    def queries(posts) -> int:
        with CaptureQueriesContext(connection) as asked:
            assert act(desk, "add_tags", posts).status_code == 200
        return len(asked)

    posts = [make_post() for _number in range(30)]
    queries(posts[:1])

    assert queries(posts[:1]) == queries(posts)
