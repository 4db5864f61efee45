"""Many who write about many posts at the same moment: nobody fails, and all is counted."""

import random

import pytest
from django.db import transaction

from posts.models import Post, Tally
from posts.tallies import counting
from posts.tests.at_once import at_once
from posts.tests.factories import make_post, make_series, make_tag
from posts.tests.test_tallies import MOMENTS, copies_that_differ, counted, kept

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, ROUNDS, TOUCHED = 8, 12, 3


class Writer:
    """Changes several posts in each transaction, in the order of their keys as everybody does."""

    def __init__(self, seed: int, posts: list[int], tags: list, series: list):
        self.chance = random.Random(seed)
        self.posts, self.tags, self.series = posts, tags, series

    def __call__(self) -> None:
        for _round in range(ROUNDS):
            with transaction.atomic():
                for key in sorted(self.chance.sample(self.posts, TOUCHED)):
                    self.change(Post.everything.select_for_update().get(pk=key))

    def change(self, post: Post) -> None:
        post.published_at = self.chance.choice(MOMENTS)
        post.series = self.chance.choice(self.series)
        post.save()
        post.tags.set(self.chance.sample(self.tags, 2))


def test_writers_at_once_neither_fail_nor_miscount():
    tags = [make_tag() for _ in range(4)]
    posts = [make_post(published_at=MOMENTS[1], tags=tags[:2]).pk for _ in range(12)]
    series = [None, make_series(), make_series()]

    errors = at_once([Writer(seed, posts, tags, series) for seed in range(WRITERS)])

    assert errors == []
    assert kept() == counted()
    assert copies_that_differ() == []
    assert counting.count_wrong("default") == 0
    assert most_rows_of_one() <= WRITERS


def most_rows_of_one() -> int:
    places = list(Tally.objects.values_list("kind", "key", "period"))
    return max(places.count(place) for place in places)
