"""Comments in the trash of the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from comments import moderation
from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import make_moderator, sign_in
from posts import trash
from posts.tests.writing import staff_with

pytestmark = pytest.mark.django_db

TRASH = "/admin/trash/"


def test_moderator_restores_from_the_trash(client):
    comment = make_comment(body="Zqwords")
    moderator = sign_in(client, display_name="Zqmoderator")
    moderation.remove([comment], moderator)

    page = client.get(f"{TRASH}?kind=comment").content.decode()
    assert "Zqwords" in page
    assert "Zqmoderator" in page

    undo = page.split('action="/admin/comments/comment/undo/')[1].split('"')[0]
    client.post(f"/admin/comments/comment/undo/{undo}")

    assert Comment.objects.get().status == Status.APPROVED
    assert "Zqwords" not in client.get(f"{TRASH}?kind=comment").content.decode()


def test_spam_stands_apart_from_what_was_removed(client):
    sign_in(client)
    make_comment(body="Zqspam", status=Status.SPAM)

    assert "Zqspam" not in client.get(f"{TRASH}?kind=comment").content.decode()
    assert "Zqspam" in client.get(f"{TRASH}?kind=spam").content.decode()


def test_editor_who_does_not_moderate_sees_no_comments(client):
    make_comment(body="Zqwords", status=Status.REMOVED)
    staff_with(client, "change_post", "view_post")

    page = client.get(f"{TRASH}?kind=comment").content.decode()

    assert "Zqwords" not in page
    assert "kind=comment" not in page


def test_page_takes_the_same_queries_for_many_comments(client):
    moderator = sign_in(client)
    moderation.remove([make_comment()], moderator)
    url = f"{TRASH}?kind=comment"
    client.get(url)
    with CaptureQueriesContext(connection) as one:
        client.get(url)
    moderation.remove([make_comment() for _number in range(20)], make_moderator())
    client.get(url)  # what is remembered between requests is asked for once

    with CaptureQueriesContext(connection) as many:
        client.get(url)

    assert len(many) == len(one)


def test_purge_of_the_trash_takes_old_hidden_comments_along():
    old = timezone.now() - timedelta(days=40)
    make_comment(status=Status.REMOVED, created_at=old)
    make_comment(status=Status.SPAM, created_at=old)
    make_comment(status=Status.REMOVED)
    living = make_comment(created_at=old)

    assert trash.purge(timedelta(days=30), dry_run=True)["comments"] == 2
    assert Comment.objects.count() == 4
    assert trash.purge(timedelta(days=30))["comments"] == 2
    assert Comment.objects.count() == 2
    assert living in Comment.objects.all()


def test_restored_post_has_its_comments_again(client):
    comment = make_comment(body="Zqwords")
    trash.move_to_trash(comment.post, by=None)
    trash.restore(comment.post)

    assert "Zqwords" in client.get(comment.post.get_absolute_url()).content.decode()
