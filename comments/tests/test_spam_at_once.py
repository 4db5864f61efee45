"""Several moderators who decide at the same moment."""

from collections import Counter

import pytest

from comments import spam
from comments.models import Comment, SpamToken
from comments.models.spam import TOTALS_KEY
from comments.spam.learning import keys_of
from comments.tests.factories import make_comment
from posts.tests.at_once import at_once
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)


def table() -> dict[int, tuple[int, int]]:
    return {key: (good, bad) for key, good, bad in SpamToken.objects.values_list()}


def test_one_comment_learnt_by_many_is_learnt_once():
    comment = make_comment()
    copies = [Comment.objects.get(pk=comment.pk) for _number in range(4)]

    errors = at_once([lambda copy=copy: spam.learn(copy, "spam") for copy in copies])

    assert errors == []
    assert set(table().values()) == {(0, 1)}


def test_lessons_at_once_count_like_lessons_in_a_row():
    """Each shares its words with all others, and they come in opposite orders."""
    post = make_post()
    comments = [
        make_comment(post, name="Kim", email="kim@example.org", body=f"shared words {number}")
        for number in range(12)
    ]

    def learn(some):
        for comment in some:
            spam.learn(comment, "good")

    errors = at_once(
        [lambda: learn(comments[:6]), lambda: learn(comments[:5:-1]), lambda: learn(comments[::-2])]
    )

    expected = Counter(key for comment in comments for key in keys_of(comment))
    expected[TOTALS_KEY] = len(comments)
    assert errors == []
    assert table() == {key: (count, 0) for key, count in expected.items()}
