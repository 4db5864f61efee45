"""The desk of a moderator, and its buttons pressed as a browser would."""

from django.contrib.auth.models import Permission
from django.urls import reverse

from posts.tests.factories import make_user

QUEUE = "/admin/comments/comment/"


def make_moderator(**fields):
    user = make_user(is_staff=True, **fields)
    user.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    return user


def sign_in(client, **fields):
    user = make_moderator(**fields)
    client.force_login(user)
    return user


def press(client, name, comment, *, query="", back="", json=False, **fields):
    """Press a button of the comment's row: `decide`, `reply`, `standing` or `lock`."""
    url = reverse(f"admin:comments_{name}", args=[comment.pk]) + query
    headers = {"Accept": "application/json"} if json else {}
    return client.post(url, {"back": back, **fields}, headers=headers)


def listed(client, query="") -> list:
    """The comments on a page of the queue."""
    return client.get(QUEUE + query).context["cl"].result_list


def undo_button(response) -> str:
    """Where the undo button of the message on a page leads."""
    return (
        response.content.decode()
        .partition('formaction="/admin/comments/comment/undo/')[2]
        .partition('"')[0]
    )
