"""Which kept pages a comment moves: those that show it, and no others."""

import pytest

from blogsite.pagecache.counters import counters, slots_of
from blogsite.pagecache.noting import noting
from comments import moderation
from comments.locking import set_locked
from comments.models import Comment, CommentSettings, Status
from comments.tests.factories import make_comment
from comments.tests.writing import send, set_rules
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def seen(client):
    """The posts `here` and `there`, with one comment each, and what readers see of them."""
    here, there = make_post(slug="here"), make_post(slug="there")
    make_comment(here)
    make_comment(there)
    return Seen(client)


class Seen:
    PAGES = {
        "here": "/post/here/",
        "there": "/post/there/",
        "discussion": "/post/here/comments/",
        "state": "/post/here/comments/state.json",
        "feed of here": "/post/here/comments/feed/",
        "feed of there": "/post/there/comments/feed/",
        "feed of all": "/comments/feed/",
        "front": "/",
    }
    OF_HERE = {"here", "discussion", "state", "feed of here", "feed of all", "front"}

    def __init__(self, client):
        self.client = client

    def moved_by(self, write) -> set[str]:
        """The pages that `write` makes out of date."""
        slots, epoch = {}, {}
        for name, address in self.PAGES.items():
            epoch[name] = counters().epoch
            with noting() as notes:
                assert self.client.get(address).status_code == 200
            slots[name] = slots_of(notes.topics)
        write()
        return {name for name in self.PAGES if counters().has_moved(slots[name], epoch[name])}


def post_of(slug):
    return Comment.objects.get(post__slug=slug).post


def test_comment_that_appears_moves_the_pages_of_its_post(seen, client):
    set_rules(policy=CommentSettings.Policy.OPEN)

    moved = seen.moved_by(lambda: send(client, post_of("here")))

    assert Comment.objects.approved().filter(post__slug="here").count() == 2
    assert moved == seen.OF_HERE


def test_comment_that_waits_moves_nothing(seen, client):
    set_rules(policy=CommentSettings.Policy.HELD)

    moved = seen.moved_by(lambda: send(client, post_of("here")))

    assert Comment.objects.pending().count() == 1
    assert moved == set()


@pytest.mark.parametrize("status", [Status.SPAM, Status.REMOVED])
def test_comment_that_nobody_saw_goes_without_moving_anything(seen, status):
    waiting = make_comment(post_of("here"), status=Status.PENDING)
    moderator = make_user()

    assert seen.moved_by(lambda: moderation.decide([waiting], status, moderator)) == set()


@pytest.mark.parametrize(("was", "becomes"), [("pending", "approved"), ("approved", "spam")])
def test_decision_that_readers_see_moves_the_pages_of_its_post(seen, was, becomes):
    comment = make_comment(post_of("here"), status=was)
    moderator = make_user()

    moved = seen.moved_by(lambda: moderation.decide([comment], Status(becomes), moderator))

    assert moved == seen.OF_HERE


def test_undone_decision_moves_the_pages_of_its_post(seen):
    comment = make_comment(post_of("here"))
    decisions = moderation.remove([comment], make_user())

    assert seen.moved_by(lambda: moderation.undo(decisions, make_user())) >= seen.OF_HERE


def test_locked_discussion_moves_the_pages_of_its_post(seen):
    key = post_of("here").pk

    moved = seen.moved_by(lambda: set_locked([key], True, make_user()))

    assert "here" in moved


def test_write_that_says_nothing_moves_all_pages_with_comments(seen):
    moved = seen.moved_by(lambda: Comment.objects.update(body_html="<p>another</p>"))

    assert moved >= {"here", "there", "discussion", "feed of all"}
