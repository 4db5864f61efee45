"""Queries that are written once and asked again with other values."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.tests.factories import make_user
from blogsite import prepared
from blogsite.pagecache.noting import noting
from blogsite.prepared import NotPreparedError, Prepared
from posts.models import Post
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


@pytest.fixture
def groups():
    return [Group.objects.create(name=name) for name in ["ants", "bees", "cats"]]


def test_prepared_query_answers_for_each_value(groups):
    named = Prepared(lambda name: Group.objects.filter(name=name))

    assert [named(name=name) for name in ["bees", "ants", "dogs"]] == [[groups[1]], [groups[0]], []]


def test_prepared_query_takes_lists_of_any_length(groups):
    among = Prepared(lambda keys: Group.objects.filter(pk__in=keys).order_by("name"))
    keys = [group.pk for group in groups]

    assert among(keys=keys[1:]) == groups[1:]
    assert among(keys=keys[:2]) == groups[:2]
    assert among(keys=keys) == groups


def test_prepared_query_with_a_long_list_is_asked_all_the_same(groups, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_KEPT", 2)
    among = Prepared(lambda keys: Group.objects.filter(pk__in=keys).order_by("name"))

    assert among(keys=[group.pk for group in groups]) == groups


def test_prepared_query_puts_each_moment_in_its_place():
    now = timezone.now()
    old, new = (make_post(published_at=now - timedelta(days=days)) for days in [9, 2])
    between = Prepared(
        lambda until, since: Post.objects.filter(published_at__lte=until, published_at__gt=since)
    )

    assert between(until=now, since=now - timedelta(days=3)) == [new]
    assert between(until=now - timedelta(days=3), since=now - timedelta(days=10)) == [old]


def test_prepared_query_fills_in_what_a_subquery_asks(groups):
    permission = Permission.objects.first()
    groups[2].permissions.add(permission)
    allowed = Prepared(
        lambda key, name: Group.objects.filter(
            pk__in=Group.objects.filter(permissions=key).values("pk"), name__gt=name
        )
    )

    assert allowed(key=permission.pk, name="a") == [groups[2]]
    assert allowed(key=permission.pk, name="d") == []


def test_prepared_rows_hold_what_their_queryset_fetches():
    author = make_user()
    post = make_post(authors=[author])
    found = Prepared(
        lambda slug: Post.objects.filter(slug=slug).without_text().prefetch_related("authors")
    )
    found(slug="none")

    [row] = found(slug=post.slug)

    assert row.get_deferred_fields() >= {"body", "body_html"}
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert list(row.authors.all()) == [author]
    assert not asked


def test_prepared_rows_are_read_anew_each_time(groups):
    named = Prepared(lambda name: Group.objects.filter(name=name))
    [first] = named(name="ants")
    Group.objects.filter(name="ants").update(name="gnats")

    assert first.name == "ants"
    assert named(name="ants") == []


def test_prepared_query_depends_on_what_it_is_given_by_position(groups):
    newest = Prepared(
        lambda most, name: Group.objects.filter(name__gt=name).order_by("name")[:most]
    )

    assert newest(1, name="a") == groups[:1]
    assert newest(2, name="a") == groups[:2]


def test_prepared_query_gives_rows_of_values(groups):
    named = Prepared(lambda name: Group.objects.filter(name=name).values_list("pk", "name"))

    assert named(name="cats") == [(groups[2].pk, "cats")]


def test_page_cache_sees_what_a_prepared_query_reads(groups):
    named = Prepared(lambda name: Group.objects.filter(name=name))
    named(name="ants")

    with noting() as notes:
        named(name="bees")

    assert "table:auth_group" in notes.topics


def test_value_that_is_no_parameter_is_refused(groups):
    # Django writes limits into the SQL, where no other value could be put.
    some = Prepared(lambda most: Group.objects.all()[:most])

    with pytest.raises(NotPreparedError):
        some(most=2)


@pytest.mark.parametrize("value", [None, [], True, 1.5])
def test_value_on_which_the_sql_might_depend_is_refused(value):
    with pytest.raises(NotPreparedError):
        Prepared(lambda name: Group.objects.filter(name=name))(name=value)


@pytest.mark.parametrize("constant", ["it's", "50%", "%s", '"quoted"', "", "naïve ☃"])
def test_constant_of_a_prepared_query_is_taken_as_it_is(constant):
    group = Group.objects.create(name=constant)
    other = Group.objects.create(name="other")
    but_for = Prepared(lambda key: Group.objects.exclude(pk=key).filter(name=constant))

    assert but_for(key=other.pk) == [group]
    assert but_for(key=group.pk) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite plans by constants")
def test_constants_are_no_parameters_on_sqlite():
    # A parameter that a partial index is compared with has SQLite plan the query at each call.
    drafts = Prepared(lambda slug: Post.objects.filter(slug=slug, language="", word_count=7))
    make_post(slug="short", word_count=7)

    with CaptureQueriesContext(connection) as asked:
        drafts(slug="short")

    assert "\"language\" = ''" in asked[0]["sql"]
    [kept] = [each for shape, each in connection.prepared.items() if shape[0] is drafts]
    assert kept.params == ["short"]
