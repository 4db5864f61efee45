"""Keys of what belongs to others, put into one's own requests."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.test import Client

from blogsite.tests.attacks.walking import every_address, watched
from blogsite.tests.attacks.world import SECRET_WORD
from comments.models import Comment
from comments.tests.factories import make_comment
from comments.tests.letters import make_address, make_subscription, manage, stop_link

pytestmark = pytest.mark.django_db


def test_reader_sees_nothing_unpublished(client, world):
    client.force_login(world.reader)

    for place in every_address(world):
        for path in {place.path, place.path.replace("/post/", f"/{world.draft.slug}/")}:
            answer = client.get(path)
            assert SECRET_WORD not in answer.getvalue().decode("utf-8", "replace"), path
    for path in [f"/post/{world.draft.slug}/", f"/post/{world.draft.slug}.md"]:
        assert client.get(path).status_code == 404


def test_comment_of_another_is_neither_changed_nor_removed(client, world):
    mine = make_comment(world.post, member=world.reader)
    theirs = [world.comment, make_comment(world.post, member=world.author)]
    client.force_login(world.reader)
    assert client.get(f"/comments/{mine.pk}/edit/").status_code == 200

    for comment in theirs:
        for deed in ["edit", "delete"]:
            path = f"/comments/{comment.pk}/{deed}/"
            with watched() as written:
                assert client.get(path).status_code == 404
                assert client.post(path, {"body": "Changed.", "key": "x"}).status_code == 404
            assert written == []

    assert not Comment.objects.filter(body="Changed.").exists()


def test_session_and_key_of_another_stay(client, world):
    other = Client()
    other.force_login(world.administrator)
    other.get("/account/")
    session = UserSession.objects.filter(user=world.administrator).first()
    key = Authenticator.objects.create(
        user=world.administrator,
        type="webauthn",
        data={"name": "Mine", "credential": {}, "passwordless": True},
    )
    client.force_login(world.reader)

    for place in every_address(world):
        if place.path.startswith("/account/") and "logout" not in place.path:
            path = place.path.replace("/1/", f"/{key.pk}/")
            form = {"pk": key.pk, "id": key.pk, "name": "Stolen", "session": session and session.pk}
            answer = client.post(path, {name: value for name, value in form.items() if value})
            assert answer.status_code < 500, path

    key.refresh_from_db()
    assert key.data["name"] == "Mine"
    assert key.user == world.administrator
    assert other.get("/account/").status_code == 200


def test_link_in_a_mail_opens_one_persons_things_only(client, world):
    mine = make_subscription(world.post, address=make_address("me@example.org"))
    theirs = make_subscription(world.post, address=make_address("them@example.org"))

    own_page = manage(mine.address)
    for path, own, other in [
        (own_page, mine.address.pk, theirs.address.pk),
        (stop_link(mine), mine.pk, theirs.pk),
        (stop_link(mine), mine.address.pk, theirs.address.pk),
    ]:
        head, _slash, token = path.rstrip("/").rpartition("/")
        forged = f"{head}/{token.replace(str(own), str(other), 1)}/"
        if forged != path:
            assert client.get(forged).status_code == 404
            assert client.post(forged, {"wish": "stop"}).status_code == 404
    client.post(own_page, {"wish": "end", "subscription": theirs.pk})

    assert type(theirs).objects.filter(pk=theirs.pk).exists()


def test_reader_has_no_door_to_the_desk(client, world):
    client.force_login(world.reader)

    for place in every_address(world):
        if place.name.startswith("admin:") and place.name not in {"admin:login", "admin:jsi18n"}:
            with watched() as written:
                assert client.get(place.path).status_code in {302, 403, 404, 405}, place
                assert client.post(place.path, {"post": "yes"}).status_code in {302, 403, 404, 405}
            assert written == [], place
