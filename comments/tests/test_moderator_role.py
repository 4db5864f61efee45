"""Who moderates sees the rooms of the moderators and nothing else of the admin."""

import logging

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from comments.models import Comment, Decision, Discussion, Standing, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, make_moderator, press
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

ROOMS = {Comment, Decision, Discussion, Standing}
OTHERS = [model for model in admin.site._registry if model not in ROOMS]
NEARLY = ["add_comment", "change_comment", "delete_comment", "view_comment", "change_standing"]


def address(model, page, *args):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def everyone_else() -> dict:
    """People by what they are, none of whom moderates."""
    nearly = make_user(is_staff=True)
    nearly.user_permissions.set(Permission.objects.filter(codename__in=NEARLY))
    outside = make_user(is_staff=False)
    outside.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    return {"reader": make_user(), "staff": make_user(is_staff=True), "nearly": nearly} | {
        "moderator who is no staff": outside,
        "inactive": make_moderator(is_active=False),
    }


def pages_of(model, pk):
    yield address(model, "changelist")
    yield address(model, "change", pk)
    yield address(model, "history", pk)


def deeds(comment) -> list[tuple[str, dict]]:
    """Everything that a moderator's buttons send."""
    marked = {"index": "0", "_selected_action": comment.pk}
    decision = Decision.objects.get()
    undo = f"{QUEUE}undo/?decision={decision.pk}"
    own = [
        (reverse("admin:comments_decide", args=[comment.pk]), {"verdict": "approve"}),
        (reverse("admin:comments_reply", args=[comment.pk]), {"body": "Hello."}),
        (reverse("admin:comments_standing", args=[comment.pk]), {"verdict": "ban"}),
        (reverse("admin:comments_lock", args=[comment.pk]), {"locked": "yes"}),
        (undo, {}),
        (address(Comment, "change", comment.pk), {"body": "Changed.", "name": "x"}),
        (address(Standing, "add"), {"verdict": "banned", "who": "ada@example.org"}),
        (address(Decision, "changelist"), {"action": "take_back", **marked}),
        (address(Discussion, "changelist"), {"action": "lock", **marked}),
    ]
    actions = ["approve_marked", "spam_marked", "remove_marked", "hold_marked", "delete_selected"]
    return own + [(QUEUE, {"action": action, **marked}) for action in actions]


def waiting_comment():
    comment = make_comment(status=Status.PENDING, body="Zqsecret words.")
    Decision.objects.create(comment=comment, via="site", was="spam", became="pending")
    return comment


def state():
    comments = Comment.objects.order_by("pk").values_list("pk", "status", "body")
    locks = Discussion.objects.order_by("pk").values_list("pk", "locked_at")
    return list(comments), list(locks), Standing.objects.count(), Decision.objects.count()


# --- The group --------------------------------------------------------------------


def test_group_is_there_and_moderates():
    group = Group.objects.get(name="Moderator")

    assert [each.codename for each in group.permissions.all()] == ["moderate_comment"]


def test_member_of_the_group_sees_the_queue(client):
    user = make_user(is_staff=True)
    user.groups.add(Group.objects.get(name="Moderator"))
    client.force_login(user)

    assert client.get(QUEUE).status_code == 200


# --- The matrix -------------------------------------------------------------------


def test_moderator_sees_the_rooms_of_moderators(client):
    comment = waiting_comment()
    client.force_login(make_moderator())
    keys = {
        Comment: comment.pk,
        Decision: Decision.objects.get().pk,
        Discussion: comment.post_id,
        Standing: Standing.objects.create(of="email", value="a@b.example", verdict="banned").pk,
    }

    answers = {url: client.get(url).status_code for m in ROOMS for url in pages_of(m, keys[m])}

    assert {url: status for url, status in answers.items() if status != 200} == {}


@pytest.mark.parametrize("model", OTHERS, ids=lambda model: model.__name__)
def test_moderator_sees_no_other_room(client, model):
    client.force_login(make_moderator())

    listing, adding = (client.get(address(model, page)) for page in ("changelist", "add"))

    assert listing.status_code == 403 or listing.url == address(model, "change", 1)
    assert adding.status_code == 403
    assert client.get(address(model, "change", 1)).status_code == 403


def test_start_page_of_a_moderator_names_their_rooms_only(client):
    waiting_comment()
    make_post(title="Half done", published_at=None)
    client.force_login(make_moderator())

    response = client.get(reverse("admin:index"))

    html = response.content.decode()
    apps = {app["app_label"]: app["models"] for app in response.context["available_apps"]}
    assert {model["model"] for model in apps["comments"]} == ROOMS
    assert set(apps) == {"comments"}
    assert "<strong>1</strong> comment waits" in html
    assert "Half done" not in html


def test_others_see_nothing_of_it(client):
    comment = waiting_comment()
    decision = Decision.objects.get()
    urls = [reverse("admin:index"), reverse("admin:app_list", args=["comments"])]
    urls += [*pages_of(Comment, comment.pk), *pages_of(Decision, decision.pk)]
    urls += [*pages_of(Discussion, comment.post_id), *pages_of(Standing, 1)]
    seen = {}

    for who, user in everyone_else().items():
        client.force_login(user)
        for url in urls:
            html = client.get(url).content.decode()
            if "Zqsecret" in html or "comment waits" in html or "comments_comment" in html:
                seen[who] = url

    assert seen == {}


def test_others_can_do_nothing_of_it(client):
    comment = waiting_comment()
    before = state()
    answers = {}

    for who, user in everyone_else().items():
        client.force_login(user)
        for url, fields in deeds(comment):
            status = client.post(url, fields).status_code
            if status not in {302, 403}:
                answers[who, url, fields.get("action")] = status

    assert answers == {}
    assert state() == before


def test_deeds_without_the_proof_of_origin_are_refused(client):
    comment = waiting_comment()
    client.force_login(make_moderator())
    client.handler.enforce_csrf_checks = True
    before = state()

    statuses = {client.post(url, fields).status_code for url, fields in deeds(comment)}

    assert statuses == {403}
    assert state() == before


def test_nobody_adds_or_deletes_comments_in_the_admin(client):
    comment = waiting_comment()
    client.force_login(make_user(is_staff=True, is_superuser=True))

    assert client.get(address(Comment, "add")).status_code == 403
    assert client.post(address(Comment, "delete", comment.pk), {"post": "yes"}).status_code == 403
    marked = {"action": "delete_selected", "index": "0", "_selected_action": comment.pk}
    client.post(QUEUE, marked | {"post": "yes"})
    assert Comment.objects.count() == 1


def test_moderator_learns_no_title_by_locking(client):
    """A locked discussion is in a list with the title of its post."""
    client.force_login(make_moderator())
    secret = make_post(published_at=None)

    locked = client.post(f"/admin/comments/discussion/{secret.pk}/lock/", {"locked": "yes"})

    assert locked.status_code == 404
    assert not Discussion.objects.filter(post=secret).exists()


# --- The log ----------------------------------------------------------------------


def test_every_deed_is_in_the_log_and_no_words_of_visitors(client, caplog):
    comment = make_comment(
        name="Zqname\nINFO forged", email="zq@example.org", body="Zqbody", status=Status.PENDING
    )
    user = make_moderator()
    client.force_login(user)
    caplog.clear()  # of how somebody came to moderate

    with caplog.at_level(logging.INFO):
        press(client, "decide", comment, verdict="approve")
        press(client, "standing", comment, verdict="ban")
        press(client, "lock", comment, locked="yes")
        client.post(address(Comment, "change", comment.pk), {"body": "New.", "name": "Zqname"})

    standing, who, where = Standing.objects.get(), f"user {user.pk}", "from 127.0.0.1"
    decided = f"{{'was': 'pending', 'via': 'queue', 'batch': '{Decision.objects.get().batch}'}}"
    assert caplog.messages == [
        f"{who} comments.comment_approved comments.comment {comment.pk} {where} {decided}",
        f"{who} comments.person_banned comments.standing {standing.pk} {where} {{'of': 'email'}}",
        f"{who} comments.discussion_locked comments.discussion {comment.post_id} {where}",
        f"{who} comments.comment_changed comments.comment {comment.pk} {where}",
    ]
