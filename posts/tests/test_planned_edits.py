"""Scheduled edits: a new version of a published post, kept apart until its time."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts import roles
from blogsite.audit.models import Event
from blogsite.outgoing import periodic
from blogsite.outgoing.models import Message, Round
from blogsite.tests.hidden import OPEN_SINCE
from posts import publishing, revisions, trash
from posts.models import PlannedEdit, Post, Redirect, Revision
from posts.periodic import publish_what_was_planned
from posts.publishing import planned
from posts.revisions.snapshots import snapshot
from posts.tests.authors import sign_in
from posts.tests.factories import an_hour_ago, make_post, make_tag, make_user
from posts.tests.writing import address, edit, errors_of, fields_of

pytestmark = pytest.mark.django_db

LATER = {"plan_due_at_0": "2099-01-01", "plan_due_at_1": "12:00"}
BODY = "One.\n\nTwo.\n\nThree.\n"


@pytest.fixture
def post():
    return make_post(title="Bees", body=BODY, published_at=OPEN_SINCE, tags=[make_tag("Old")])


def plan(desk, post, **changes) -> PlannedEdit:
    response = edit(desk, post, button="_plan", **LATER | changes)
    assert response.status_code == 302, errors_of(response)
    return PlannedEdit.objects.get(post=post, applied_at=None)


def make_due(*edits):
    """As if so much time had passed; the first of `edits` longest ago."""
    for number, each in enumerate(edits):
        moment = an_hour_ago() + timedelta(minutes=number)
        PlannedEdit.objects.filter(pk=each.pk).update(due_at=moment)


def change(post, **values):
    """Save the live post as somebody else at the desk does."""
    revisions.remember_found(post.pk, Post)
    fresh = Post.objects.get(pk=post.pk)
    for name, value in values.items():
        setattr(fresh, name, value)
    fresh.save()
    revisions.keep(fresh)


def everything(post):
    post.refresh_from_db()
    return post.title, post.body, post.slug, [tag.name for tag in post.tags.all()]


# --- Preparing --------------------------------------------------------------------


def test_version_waits_and_the_live_post_stays(desk, editor, post):
    before = everything(post), Post.objects.values_list().get()[:5]

    waiting = plan(desk, post, title="Wasps", body="New.", slug="wasps", tag_names="New, Old")

    assert (everything(post), Post.objects.values_list().get()[:5]) == before
    assert (waiting.body, waiting.fields["title"], waiting.made_by) == ("New.", "Wasps", editor)
    assert not Redirect.objects.exists()
    assert [event.verb for event in Event.objects.filter(target_id=str(post.pk))] == [
        "posts.post_planned"
    ]


def test_page_tells_of_it_and_shows_both_versions(desk, post):
    plan(desk, post, title="Wasps", body="Zqnew.", tag_names="New, Old")

    live = desk.get(address("change", post.pk))
    compared = desk.get(address("plan_compare", post.pk)).content.decode()
    shown = desk.get(address("change", post.pk) + "?planned=1")

    assert "A new version goes live on 2099-01-01 12:00 UTC." in live.content.decode()
    assert fields_of(live)["title"] == "Bees"
    assert "Zqnew" in compared
    sent = fields_of(shown)
    assert (sent["title"], sent["body"], sent["tag_names"]) == ("Wasps", "Zqnew.", "New, Old")
    assert f"{sent['plan_due_at_0']}" == "2099-01-01"
    assert everything(post) == ("Bees", BODY, post.slug, ["Old"])


def test_version_is_edited_in_place_of_the_old_one(desk, post):
    plan(desk, post, title="Wasps")
    url = address("change", post.pk) + "?planned=1"

    # Whichever button: what is shown is not the live post.
    desk.post(url, fields_of(desk.get(url)) | {"_save": "1", "title": "Hornets"})

    [waiting] = PlannedEdit.objects.all()
    assert (waiting.fields["title"], everything(post)[0]) == ("Hornets", "Bees")


def test_version_is_dropped(desk, post):
    plan(desk, post, title="Wasps")

    desk.post(address("plan_cancel", post.pk))

    assert not PlannedEdit.objects.exists()
    assert desk.post(address("plan_cancel", post.pk)).status_code == 404
    assert Event.objects.filter(verb="posts.post_plan_cancelled").count() == 1


@pytest.mark.parametrize(
    ("when", "sentence"),
    [
        ({"plan_due_at_0": "", "plan_due_at_1": ""}, "Say when the new version goes live."),
        ({"plan_due_at_0": "2020-01-01"}, "That time is over. Choose one to come."),
    ],
)
def test_version_needs_a_time_to_come(desk, post, when, sentence):
    response = edit(desk, post, button="_plan", **LATER | when)

    assert errors_of(response) == {"plan_due_at": [sentence]}
    assert not PlannedEdit.objects.exists()


def test_only_a_published_post_has_versions(desk):
    draft = make_post(published_at=None)

    response = edit(desk, draft, button="_plan", **LATER)

    assert response.status_code == 403
    assert not PlannedEdit.objects.exists()


def test_author_prepares_nothing(client, post):
    author = sign_in(client)
    post.bylines.update(user=author)

    client.post(address("change", post.pk), {"_plan": "1", "title": "Mine"} | LATER)
    client.get(address("change", post.pk) + "?planned=1")

    assert not PlannedEdit.objects.exists()
    planned.prepare(post, snapshot(post), "Zqnew.", timezone.now() + timedelta(1))
    pages = [address("change", post.pk) + "?planned=1", address("plan_compare", post.pk)]
    assert ["Zqnew" in client.get(url).content.decode() for url in pages] == [False, False]


# --- Going live -------------------------------------------------------------------


def test_version_goes_live_at_its_time_once(desk, editor, post):
    waiting = plan(desk, post, title="Wasps", body="New.", tag_names="New", slug="wasps")
    old = post.get_absolute_url()
    publish_what_was_planned()
    assert everything(post)[0] == "Bees"

    make_due(waiting)
    publish_what_was_planned()
    publish_what_was_planned()

    assert everything(post) == ("Wasps", "New.", "wasps", ["New"])
    assert (post.published_at, post.updated_at) == (OPEN_SINCE, None)
    assert Client().get(old).url == "/post/wasps/"
    newest = Revision.objects.filter(post=post).first()
    assert (newest.reason, newest.saved_by, newest.body) == ("planned", editor, "New.")
    assert Event.objects.filter(verb="posts.post_plan_applied").count() == 1
    assert PlannedEdit.objects.get().applied_at


def test_version_goes_live_at_once_when_asked_and_tells_readers(desk, post):
    plan(desk, post, title="Wasps", plan_is_update="on")

    desk.post(address("plan_apply", post.pk))

    assert everything(post)[0] == "Wasps"
    assert post.updated_at
    assert desk.post(address("plan_apply", post.pk)).status_code == 404


def test_worker_that_was_dead_makes_up_for_all_in_their_order(desk, settings):
    moved = [make_post(title=f"Post {n}", slug=f"moved-{n}", published_at=OPEN_SINCE) for n in "ab"]
    edits = [plan(desk, each, title=f"New {each.slug}") for each in moved]
    # The later one first: in the order of their times, not of their keys.
    make_due(edits[1], edits[0])
    periodic.discover()
    Round.objects.all().delete()

    periodic.begin_due()  # what a worker does when it starts
    periodic.run_round.call("posts.periodic.publish_what_was_planned")
    periodic.run_round.call("posts.periodic.publish_what_was_planned")

    applied = Event.objects.filter(verb="posts.post_plan_applied").order_by("pk")
    assert [event.target_name for event in applied] == ["New moved-b", "New moved-a"]
    assert Round.objects.filter(name="posts.periodic.publish_what_was_planned").exists()


@pytest.mark.parametrize("hide", ["trash", "unpublish"])
def test_version_of_a_hidden_post_waits(desk, post, hide):
    make_due(plan(desk, post, title="Wasps"))
    if hide == "trash":
        trash.move_to_trash(post, by=None)
    else:
        publishing.unpublish(post)
    publish_what_was_planned()
    before = Post.everything.get().title

    if hide == "trash":
        trash.restore(post)
    else:
        publishing.publish(Post.objects.get())
    publish_what_was_planned()

    assert (before, Post.objects.get().title) == ("Bees", "Wasps")


# --- The post was changed meanwhile -----------------------------------------------


def test_changes_at_other_places_are_kept(desk, post):
    waiting = plan(desk, post, body=BODY.replace("One.", "First."), title="Wasps")
    change(post, body=BODY.replace("Three.", "Third."), summary="Short.")

    make_due(waiting)
    publish_what_was_planned()

    assert everything(post)[:2] == ("Wasps", "First.\n\nTwo.\n\nThird.\n")
    assert post.summary == "Short."


@pytest.mark.parametrize("values", [{"body": BODY.replace("One.", "Uno.")}, {"title": "Hornets"}])
def test_conflict_holds_it_back_and_tells_its_maker(desk, editor, post, values):
    waiting = plan(desk, post, body=BODY.replace("One.", "First."), title="Wasps")
    change(post, **values)
    before = everything(post)

    make_due(waiting)
    publish_what_was_planned()
    publish_what_was_planned()

    assert everything(post) == before
    waiting.refresh_from_db()
    assert (waiting.problem, waiting.applied_at) == ("conflict", None)
    [mail] = Message.objects.filter(to=editor.email)
    assert "The scheduled edit of" in mail.subject
    assert "did not go live" in desk.get(address("change", post.pk)).content.decode()


def test_held_back_version_is_mended_and_goes_live(desk, post):
    waiting = plan(desk, post, body=BODY.replace("One.", "First."))
    change(post, body=BODY.replace("One.", "Uno.").replace("Three.", "Third."))
    make_due(waiting)
    publish_what_was_planned()
    url = address("change", post.pk) + "?planned=1"
    shown = fields_of(desk.get(url))
    marked = shown["body"]

    desk.post(url, shown | LATER | {"_plan": "1", "body": "First, uno.\n\nTwo.\n\nThird.\n"})
    waiting = PlannedEdit.objects.get()
    make_due(waiting)
    publish_what_was_planned()

    assert "<<<<<<<" in marked
    assert "Third." in marked
    assert everything(post)[1] == "First, uno.\n\nTwo.\n\nThird.\n"


def test_address_that_was_taken_holds_it_back_and_no_other(desk, post):
    other = make_post(published_at=OPEN_SINCE)
    edits = [plan(desk, post, slug="wanted"), plan(desk, other, title="Wasps")]
    make_post(slug="wanted")

    make_due(*edits)
    publish_what_was_planned()

    assert PlannedEdit.objects.get(post=post).problem == "conflict"
    assert everything(other)[0] == "Wasps"
    shown = desk.get(address("change", post.pk) + "?planned=1")
    assert fields_of(shown)["slug"] == post.slug
    assert "belongs to another text by now" in shown.content.decode()


# --- Nothing leaks ----------------------------------------------------------------


def test_waiting_version_is_seen_by_no_reader(desk, post):
    plan(
        desk, post, title="Zqsecret", body="zqsecret quokka", slug="zqsecret", tag_names="Zqsecret"
    )
    reader = Client()
    reader.force_login(make_user())
    paths = [post.get_absolute_url(), f"/post/{post.slug}.md", "/", "/feed/", "/rss/", "/feed.json"]
    paths += [
        "/search/?q=quokka",
        "/sitemap-posts-1.xml",
        "/sitemap-tags-1.xml",
        "/tags/",
        "/llms.txt",
    ]

    for path in paths:
        response = reader.get(path)
        assert response.status_code == 200, path
        assert "zqsecret" not in response.content.decode().lower(), path
    assert reader.get("/post/zqsecret/").status_code == 404


def test_moderator_sees_no_version(client, post):
    planned.prepare(post, snapshot(post), "Zqnew.", timezone.now() + timedelta(1))
    sign_in(client, roles.MODERATOR)

    assert client.get(address("plan_compare", post.pk)).status_code in {302, 403, 404}
