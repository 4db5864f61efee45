"""The list of posts is narrowed by year, author, series and tag, of which there may be thousands."""

import pytest

from accounts import roles
from posts.admin.narrowing import FEW
from posts.models import Tag
from posts.tests.authors import sign_in
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

POSTS = address("changelist")


def listed(client, **query) -> set:
    return set(client.get(POSTS, query).context["cl"].result_list)


def choices(client, parameter, **query) -> list[str]:
    """The names of what can be chosen, without "All"."""
    specs = client.get(POSTS, query).context["cl"].filter_specs
    found = [spec for spec in specs if getattr(spec, "parameter_name", "") == parameter]
    return [str(label) for spec in found for _value, label in spec.lookup_choices]


def test_list_is_narrowed_by_year_author_series_and_tag(desk):
    author, series, tag = make_user(), make_series(), make_tag()
    mine = make_post(authors=[author], series=series, tags=[tag], published_at="2019-12-31T23:59Z")
    other = make_post(published_at="2020-01-01T00:00Z")

    assert listed(desk, author=author.pk) == {mine}
    assert listed(desk, series=series.pk) == {mine}
    assert listed(desk, tag=tag.pk) == {mine}
    assert listed(desk, year=2019) == {mine}
    assert listed(desk, year=2020) == {other}
    assert choices(desk, "year") == ["2020", "2019"]


def test_of_something_with_many_posts_the_same_are_listed(desk, monkeypatch):
    monkeypatch.setattr("posts.admin.narrowing.MANY", 1)
    author, tag = make_user(), make_tag()
    published = make_post(authors=[author], tags=[tag])
    draft = make_post(authors=[author], tags=[tag], published_at=None)
    make_post(tags=[make_tag()])

    for narrowed in ({"author": author.pk}, {"tag": tag.pk}):
        assert listed(desk, **narrowed) == {published, draft}
        assert listed(desk, **narrowed, status="draft") == {draft}
        assert listed(desk, **narrowed, q=published.title) == {published}


@pytest.mark.parametrize("value", ["0", "x", "9" * 30, "²"])
def test_choice_that_makes_no_sense_narrows_nothing(desk, value):
    post = make_post(tags=[make_tag()])

    for name in ("author", "series", "tag", "year"):
        assert listed(desk, **{name: value}) == {post}


def test_of_many_tags_only_the_chosen_one_is_named(desk):
    Tag.objects.bulk_create(Tag(name=f"Tag {n}", slug=f"tag-{n}") for n in range(FEW))
    few = choices(desk, "tag")
    chosen = make_tag("Chosen")
    post = make_post(tags=[chosen])

    page = desk.get(POSTS).content.decode()

    assert len(few) == FEW
    assert choices(desk, "tag") == []
    assert choices(desk, "tag", tag=chosen.pk) == ["Chosen"]
    assert f'<a href="?tag={chosen.pk}">Chosen</a>' in page
    assert listed(desk, tag=chosen.pk) == {post}


def test_author_is_named_nothing_of_the_drafts_of_others(client):
    author = sign_in(client, roles.AUTHOR)
    others = make_user(display_name="Zqother")
    hidden = make_post(
        authors=[others],
        tags=[make_tag("Zqtag")],
        series=make_series("Zqseries"),
        published_at=None,
    )
    own = make_post(authors=[author], published_at=None)

    page = client.get(POSTS).content.decode()

    assert "Zq" not in page
    assert hidden not in listed(client, tag=hidden.tags.get().pk)
    assert listed(client) == {own}
