from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.db import connection, transaction
from django.utils import timezone

from blogsite.pagecache import about, remembered, touch
from blogsite.pagecache.counters import counters, slots_of
from blogsite.pagecache.noting import noting


def make_names():
    asked = []

    @remembered
    def names():
        asked.append(1)
        return sorted(Group.objects.values_list("name", flat=True))

    return names, asked


@pytest.mark.parametrize(
    "write",
    [
        lambda: Group.objects.create(name="b"),
        lambda: Group.objects.filter(name="a").update(name="b"),
        lambda: Group.objects.filter(name="a").delete(),
        lambda: Group.objects.bulk_create([Group(name="b")]),
        lambda: Group.objects.get(name="a").delete(),
        lambda: connection.cursor().execute("update auth_group set name = 'b' where name = 'a'"),
    ],
)
@pytest.mark.django_db
def test_value_is_made_again_after_any_kind_of_write(write):
    Group.objects.all().delete()
    Group.objects.create(name="a")
    names, asked = make_names()
    names()

    write()

    assert names() == sorted(Group.objects.values_list("name", flat=True))
    assert len(asked) == 2


@pytest.mark.django_db
def test_value_is_asked_for_once_while_nothing_moves():
    names, asked = make_names()

    assert names() == names() == names()

    assert len(asked) == 1


@pytest.mark.django_db(transaction=True)
def test_value_read_while_a_change_is_under_way_is_not_kept():
    Group.objects.all().delete()
    names, asked = make_names()

    with transaction.atomic():
        Group.objects.create(name="b")
        assert names() == ["b"]
        assert names() == ["b"]
        transaction.set_rollback(True)

    assert names() == []
    assert names() == []
    assert len(asked) == 3


@pytest.mark.django_db
def test_reader_about_some_rows_depends_on_these():
    with noting() as narrow, about("group:1", tables=["auth_group"]):
        list(Group.objects.filter(pk=1))
    with noting() as broad:
        list(Group.objects.all())

    assert narrow.topics == {"group:1", "rows:auth_group"}
    assert broad.topics == {"table:auth_group"}


@pytest.mark.parametrize(("moved", "is_narrow_out", "is_broad_out"), [(1, 1, 1), (2, 0, 1)])
@pytest.mark.django_db
def test_writer_about_some_rows_moves_their_readers_and_those_of_all(
    moved, is_narrow_out, is_broad_out
):
    epoch = counters().epoch

    with about(f"group:{moved}", tables=["auth_group"]):
        Group.objects.create(name="z")

    narrow = slots_of(["group:1", "rows:auth_group"])
    assert counters().has_moved(narrow, epoch) == is_narrow_out
    assert counters().has_moved(slots_of(["table:auth_group"]), epoch) == is_broad_out


def test_topic_touched_moves_alone():
    epoch = counters().epoch

    touch("one")

    assert counters().has_moved(slots_of(["one"]), epoch)
    assert not counters().has_moved(slots_of(["two"]), epoch)


@pytest.mark.django_db
def test_value_read_from_what_triggers_write_is_made_again_with_its_sources(settings):
    settings.PAGECACHE_DERIVED = {"auth_permission": ["auth_group"]}
    asked = []

    @remembered
    def number():
        asked.append(1)
        return Permission.objects.count()

    number()

    Group.objects.create(name="a")
    number()

    assert len(asked) == 2


@pytest.mark.django_db
def test_value_from_an_unwatched_table_is_never_kept(settings):
    settings.PAGECACHE_UNSEEN = {"auth_group": "*"}
    names, asked = make_names()

    names()
    names()

    assert len(asked) == 2


@pytest.mark.django_db
def test_value_from_before_the_clock_was_put_back_is_made_again(monkeypatch):
    """It may be when something appears, counted from a day that has not come."""
    names, asked = make_names()
    names()
    before = timezone.now() - timedelta(hours=1)
    monkeypatch.setattr("blogsite.pagecache.values.timezone.now", lambda: before)

    names()

    assert len(asked) == 2


@pytest.mark.django_db
def test_value_asked_for_about_some_rows_depends_on_what_it_read_itself():
    names, _asked = make_names()

    with noting() as notes, about("group:1", tables=["auth_group"]):
        names()
    Group.objects.create(name="z")

    assert "z" in names()
    assert notes.topics == {"table:auth_group"}


@pytest.mark.django_db
def test_value_is_of_the_day_on_which_it_was_begun(monkeypatch):
    evening = datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)
    clock = [evening]
    monkeypatch.setattr(timezone, "now", lambda: clock[0])

    @remembered
    def slow():
        clock[0] += timedelta(seconds=2)
        return evening.date()

    with noting() as notes:
        slow()

    assert notes.until == datetime(2026, 11, 24, tzinfo=UTC)
