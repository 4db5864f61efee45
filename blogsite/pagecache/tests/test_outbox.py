"""What becomes of changes that are written while Redis is away."""

import time

import pytest
from django.contrib.auth.models import Group
from django.db import transaction

from blogsite.pagecache import counters as module
from blogsite.pagecache.counters import slots_of
from blogsite.pagecache.models import UntoldChange
from blogsite.pagecache.shared import outbox
from blogsite.pagecache.shared.counters import SharedCounters

GROUPS = slots_of(["table:auth_group"])


@pytest.fixture
def shared(redis_server):
    """This site counts in Redis; no longer when the database is emptied after the test."""
    shared = SharedCounters(redis_server.url, "test")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_counters", shared)
        yield shared


@pytest.fixture
def others(redis_server) -> SharedCounters:
    return SharedCounters(redis_server.url, "test")


@pytest.mark.django_db(transaction=True)
def test_write_is_seen_by_others_after_its_commit(shared, others):
    with transaction.atomic():
        Group.objects.create(name="a")
        epoch = others.epoch
        assert others.has_moved(GROUPS, epoch)

    assert others.has_moved(GROUPS, epoch)
    assert not others.has_moved(GROUPS, others.epoch)
    assert not UntoldChange.objects.exists()


@pytest.mark.parametrize("leave", ["stop", "hang"])
@pytest.mark.django_db(transaction=True)
def test_write_without_redis_is_noted_with_what_it_writes(shared, redis_server, leave):
    getattr(redis_server, leave)()

    with transaction.atomic():
        Group.objects.create(name="a")

    assert Group.objects.filter(name="a").exists()
    assert "table:auth_group" in UntoldChange.objects.get().topics


@pytest.mark.django_db(transaction=True)
def test_write_without_transaction_is_noted_and_then_told(shared, others, redis_server):
    Group.objects.create(name="a")
    epoch = others.epoch
    redis_server.hang()

    Group.objects.update(name="b")

    assert UntoldChange.objects.count() == 1
    redis_server.resume()
    end = time.monotonic() + 30
    while not others.has_moved(GROUPS, epoch):
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.django_db(transaction=True)
def test_write_taken_back_leaves_no_note(shared, redis_server):
    redis_server.stop()

    with transaction.atomic():
        Group.objects.create(name="a")
        transaction.set_rollback(True)

    assert not UntoldChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_note_of_a_dead_process_is_told_by_another(shared, others, redis_server):
    epoch = others.epoch
    UntoldChange.objects.create(topics='["table:auth_group"]')

    outbox.tell()

    assert others.has_moved(GROUPS, epoch)
    assert not UntoldChange.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_note_stays_while_redis_is_away(shared, redis_server):
    UntoldChange.objects.create(topics='["table:auth_group"]')
    redis_server.stop()

    assert outbox.tell() == 0

    assert UntoldChange.objects.count() == 1
