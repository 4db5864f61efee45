"""The discussions of the demo."""

import pytest
from django.core.management import call_command

from comments.demo import loading
from comments.models import Comment, Discussion, Status
from posts.demo.loading import demo_loaded
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

SLUGS = ["sqlite-in-production", "retries-backoff-and-jitter", "why-it-clicks"]


@pytest.fixture
def posts():
    tomas = make_user(handle="tomas", display_name="Tomás")
    make_user(handle="adaeze")
    make_user(handle="linmei")
    return [
        make_post(slug=slug, authors=[tomas], published_at="2020-01-01T00:00Z") for slug in SLUGS
    ]


def test_demo_brings_a_discussion_in_every_state(posts, client):
    demo_loaded.send(sender=None)

    deepest = Comment.objects.order_by("-depth")[0]
    assert deepest.depth == 5
    assert set(Comment.objects.values_list("status", flat=True)) == set(Status.values)
    assert [post.comments.count() > 2 for post in posts] == [True, True, True]
    assert all(Discussion.objects.values_list("approved_count", flat=True))
    html = client.get(posts[0].get_absolute_url()).content.decode()
    assert "Tomás" in html
    assert '<span class="comment-mark">Author</span>' in html


def test_demo_loaded_again_changes_nothing(posts):
    call_command("load_demo_comments", verbosity=0)
    before = list(Comment.objects.values()), list(Discussion.objects.values())

    call_command("load_demo_comments", verbosity=0)

    assert (list(Comment.objects.values()), list(Discussion.objects.values())) == before


def test_demo_leaves_out_what_has_no_post(capsys):
    make_post(slug=SLUGS[0], published_at=None)

    call_command("load_demo_comments")

    assert capsys.readouterr().out == "0 comments loaded.\n"
    assert not Comment.objects.exists()


def test_demo_is_cut_short_as_a_whole_or_not_at_all(posts, monkeypatch):
    monkeypatch.setattr(Discussion, "refresh", lambda post_ids: 1 / 0)

    with pytest.raises(ZeroDivisionError):
        loading.load()

    assert not Comment.objects.exists()
