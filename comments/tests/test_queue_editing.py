"""The page of one comment in the admin."""

import pytest
from django.db.models.signals import pre_save

from comments.models import Comment, Decision, Status
from comments.tests.factories import make_comment
from comments.tests.moderating import QUEUE, press, sign_in
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def moderator(client):
    return sign_in(client)


# --- The comment's own page -------------------------------------------------------


def test_page_of_a_comment_lists_its_decisions_with_a_way_back(client, moderator):
    comment = make_comment(status=Status.PENDING)
    press(client, "decide", comment, verdict="spam")

    page = client.get(f"{QUEUE}{comment.pk}/change/")
    response = client.post(
        f"{QUEUE}undo/?decision={Decision.objects.get().pk}", {"back": comment.pk}
    )

    comment.refresh_from_db()
    assert "Waiting → Spam" in page.content.decode()
    assert response.url == f"{QUEUE}{comment.pk}/change/"
    assert comment.status == "pending"


def test_editing_changes_words_and_keeps_the_first_ones_in_the_history(client, moderator):
    comment = make_comment(body="First *words*.")
    url = f"{QUEUE}{comment.pk}/change/"

    client.post(url, {"name": "Ada", "email": "Ada@Example.org", "site": "", "body": "Second."})

    comment.refresh_from_db()
    assert (comment.name, comment.email, comment.body) == ("Ada", "ada@example.org", "Second.")
    assert comment.body_html == "<p>Second.</p>\n"
    assert comment.edited_at is None
    assert "First *words*." in client.get(f"{QUEUE}{comment.pk}/history/").content.decode()


def test_editing_cannot_set_what_is_no_field(client, moderator):
    comment = make_comment(status=Status.PENDING)
    url = f"{QUEUE}{comment.pk}/change/"
    extra = {"status": "approved", "post": make_post().pk, "score": "0", "member": moderator.pk}

    client.post(url, {"name": "Ada", "email": "a@example.org", "body": "Text.", **extra})

    changed = Comment.objects.get()
    assert changed.name == "Ada"
    assert (changed.status, changed.post, changed.score, changed.member) == (
        "pending",
        comment.post,
        None,
        None,
    )


def test_editing_leaves_a_decision_made_meanwhile(client, moderator):
    """Somebody decides between the reading of the row and its storing."""
    comment = make_comment(status=Status.PENDING)

    def decide(sender, **kwargs):
        Comment.objects.filter(pk=comment.pk).update(status=Status.SPAM)

    pre_save.connect(decide, sender=Comment)
    try:
        client.post(f"{QUEUE}{comment.pk}/change/", {"name": "Ada", "body": "Changed."})
    finally:
        pre_save.disconnect(decide, sender=Comment)

    comment.refresh_from_db()
    assert (comment.body, comment.status) == ("Changed.", "spam")


def test_name_of_a_member_is_not_edited(client, moderator):
    comment = make_comment(member=make_user(display_name="Ada"))
    url = f"{QUEUE}{comment.pk}/change/"

    client.post(url, {"name": "Evil", "email": "evil@example.org", "body": "Text."})

    comment.refresh_from_db()
    assert (comment.name, comment.email, comment.body) == ("", "", "Text.")
