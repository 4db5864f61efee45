"""What the database counts while rows change is what counting them gives."""

import random
from collections import Counter
from datetime import UTC, datetime

import pytest
from django.core.management import call_command
from django.db import connection

from blogsite.doctor import examine
from posts import tag_merging
from posts.models import Byline, Post, Tagging, Tally
from posts.tallies import counting, triggers
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.trash.moving import move_to_trash, restore

pytestmark = pytest.mark.django_db

MOMENTS = [
    None,
    datetime(2019, 12, 31, 23, 59, 59, 999_999, tzinfo=UTC),
    datetime(2020, 1, 1, tzinfo=UTC),
    datetime(2020, 1, 1, 12, tzinfo=UTC),
    datetime(2020, 2, 29, 8, tzinfo=UTC),
    datetime(2060, 1, 1, tzinfo=UTC),
]


def kept() -> dict:
    found = Counter()
    for kind, key, period, number in Tally.objects.values_list("kind", "key", "period", "number"):
        found[kind, key, period] += number
    return {place: number for place, number in found.items() if number}


def counted() -> dict:
    """The same from the posts themselves, one by one."""
    found = Counter()
    for post in Post.objects.exclude(published_at=None).prefetch_related("tags", "authors"):
        things = [("site", 0)]
        things += [("tag", tag.pk) for tag in post.tags.all()]
        things += [("author", user.pk) for user in post.authors.all()]
        things += [("series", post.series_id)] if post.series_id else []
        moment = post.published_at.astimezone(UTC)
        for kind, key in things:
            found.update(
                (kind, key, period) for period in ("", f"{moment:%Y-%m}", f"{moment:d%Y%m%d}")
            )
    return dict(found)


def copies_that_differ() -> list:
    return [
        link
        for model in (Tagging, Byline)
        for link in model.objects.all()
        for post in [Post.everything.get(pk=link.post_id)]
        if (link.published_at, link.expires_at)
        != (None if post.deleted_at else post.published_at, post.expires_at)
    ]


class World:
    """A few posts, and everything that can happen to them."""

    def __init__(self, seed: int):
        self.chance = random.Random(seed)
        self.tags = [make_tag() for _ in range(4)]
        self.people = [make_user() for _ in range(3)]
        self.series = [None, make_series(), make_series()]

    def step(self) -> None:
        names = [name for name in dir(self) if name.startswith("do_")]
        getattr(self, self.chance.choice(names))()

    def some(self, rows: list) -> list:
        return self.chance.sample(rows, self.chance.randint(0, len(rows)))

    def one(self):
        return Post.everything.order_by("pk").all()[self.chance.randrange(Post.everything.count())]

    def moment(self):
        return self.chance.choice(MOMENTS)

    def do_make(self):
        make_post(
            published_at=self.moment(),
            expires_at=self.moment(),
            tags=self.some(self.tags),
            authors=self.some(self.people),
            series=self.chance.choice(self.series),
        )

    def do_save(self):
        post = self.one()
        post.published_at, post.series = self.moment(), self.chance.choice(self.series)
        post.save()

    def do_update_many(self):
        Post.everything.filter(pk__lte=self.one().pk).update(
            published_at=self.moment(), expires_at=self.moment()
        )

    def do_trash(self):
        move_to_trash(self.one(), by=self.people[0])

    def do_restore(self):
        restore(self.one())

    def do_delete(self):
        self.one().delete()
        make_post(tags=self.some(self.tags))

    def do_set_tags(self):
        self.one().tags.set(self.some(self.tags))

    def do_add_tag_again(self):
        post = self.one()
        post.tags.add(*self.tags[:2])
        post.tags.add(*self.tags[:3])

    def do_clear_tags(self):
        self.one().tags.clear()

    def do_merge_tags(self):
        lost = make_tag()
        for post in self.some(list(Post.everything.all())):
            post.tags.add(lost)
        tag_merging.merge([lost], into=self.tags[0])

    def do_delete_tag(self):
        self.tags.pop().delete()
        self.tags.append(make_tag())

    def do_create_many(self):
        number = self.chance.randrange(10**9)
        posts = [
            Post(
                slug=f"many-{number}-{place}",
                guid=f"many:{number}:{place}",
                published_at=self.moment(),
            )
            for place in range(3)
        ]
        Post.objects.bulk_create(posts)
        Tagging.objects.bulk_create(
            [Tagging(post=post, tag=self.tags[0]) for post in posts], ignore_conflicts=True
        )

    def do_move_byline(self):
        post = self.one()
        post.bylines.all().delete()
        byline = Byline.objects.create(post=post, user=self.people[0])
        other = make_post(published_at=self.moment())
        Byline.objects.filter(pk=byline.pk).update(post=other)


@pytest.mark.parametrize("seed", range(4))
def test_tallies_follow_whatever_happens(seed):
    world = World(seed)
    world.do_make()

    for _ in range(60):
        world.step()

        assert kept() == counted()
    assert copies_that_differ() == []
    assert counting.count_wrong("default") == 0


def test_what_was_written_without_triggers_is_found_and_counted():
    triggers.take_out("default")
    post = make_post(tags=[make_tag()])
    assert kept() == {}
    wrong = counting.count_wrong("default")

    triggers.put_in("default")

    # Two copies, and three periods of the site; no copy, no tally to miss.
    assert wrong == 2 + 3
    assert counting.count_wrong("default") == 0
    assert kept() == counted()
    assert Tagging.objects.get(post=post).published_at == post.published_at


def test_command_tells_of_wrong_numbers_and_counts_anew(capsys):
    make_post()
    Tally.objects.update(number=7)

    with pytest.raises(SystemExit):
        call_command("tallies")
    call_command("tallies", "--rebuild")

    assert "manage.py tallies --rebuild" in capsys.readouterr().out
    assert kept() == counted()


# --- Whether all is as it should be -----------------------------------------------


def what_doctor_says() -> str:
    return next(each.words for each in examine() if each.about == "numbers of posts")


def make_trigger(name: str, table: str) -> None:
    """One that does nothing of use, as an older version of the program may have made it."""
    body = {
        "sqlite": f'CREATE TRIGGER "{name}" AFTER UPDATE ON "{table}" BEGIN SELECT 1; END',
        "postgresql": f"CREATE TRIGGER {name} AFTER UPDATE ON {table}"
        " FOR EACH ROW EXECUTE FUNCTION posts_tally_copy()",
    }
    with connection.cursor() as cursor:
        cursor.execute(body[connection.vendor])


def change_one_trigger() -> None:
    name, (table, _definition) = next(iter(triggers.found(connection).items()))
    with connection.cursor() as cursor:
        cursor.execute(triggers.dialect_of(connection).drop(name, table))
    make_trigger(name, table)


def test_trigger_of_an_older_version_is_replaced_after_migrating():
    change_one_trigger()
    was_seen = not triggers.are_there("default")

    triggers.after_migrating(None, using="default")

    assert was_seen
    assert triggers.are_there("default")
    make_post()
    assert kept() == counted() != {}


def test_trigger_that_is_no_longer_made_is_taken_out():
    make_trigger("tally_of_old", "posts_post")

    triggers.after_migrating(None, using="default")

    assert "tally_of_old" not in triggers.found(connection)


def test_doctor_has_no_complaint_about_a_site_in_order():
    make_post(tags=[make_tag()], series=make_series())
    make_post(published_at=None, tags=[make_tag()])
    move_to_trash(make_post(), by=make_user())

    assert what_doctor_says() == "Lists know how many posts there are."


def test_doctor_sees_triggers_of_an_older_version():
    change_one_trigger()

    assert "does not count posts" in what_doctor_says()
    assert "manage.py tallies --rebuild" in what_doctor_says()


@pytest.mark.parametrize("kind", Tally.Kind.values)
def test_doctor_sees_a_number_that_is_wrong(kind):
    make_post(tags=[make_tag()], series=make_series())

    Tally.objects.filter(kind=kind, period="").update(number=7)

    assert "wrong about how many" in what_doctor_says()
    assert "manage.py tallies --rebuild" in what_doctor_says()


@pytest.mark.parametrize("links", [Tagging, Byline])
def test_doctor_sees_a_link_that_has_the_date_of_another_day(links):
    make_post(tags=[make_tag()])

    links.objects.update(published_at=MOMENTS[1])

    assert "wrong about how many" in what_doctor_says()
