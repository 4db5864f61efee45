"""What the cache does when its Redis goes away, and what people still can do then."""

import pytest
from django.core.cache import caches
from django.urls import reverse

from accounts.tests.factories import make_user
from blogsite.pagecache import counters as module
from blogsite.pagecache.shared.counters import SharedCounters
from blogsite.pagecache.shared.line import Outage
from blogsite.patient_cache import PatientRedisCache


@pytest.fixture
def redis_cache(redis_server, settings):
    """The site's cache is in Redis, and so are its counters, until the database is emptied."""
    settings.CACHES = {
        "default": {
            "BACKEND": "blogsite.patient_cache.PatientRedisCache",
            "LOCATION": redis_server.url,
        }
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PatientRedisCache, "outage", Outage())
        patch.setattr(module, "_counters", SharedCounters(redis_server.url, "test"))
        yield caches["default"]


def test_values_are_in_redis_while_it_is_there(redis_cache, redis_server):
    redis_cache.set("name", "value")

    assert redis_cache.get("name") == "value"
    assert redis_server.ask("DBSIZE") == 1


@pytest.mark.parametrize("leave", ["stop", "hang"])
def test_cache_remembers_by_itself_while_redis_is_away(redis_cache, redis_server, leave):
    redis_cache.set("name", "value")

    getattr(redis_server, leave)()

    assert redis_cache.get("name") is None
    assert redis_cache.add("count", 1)
    assert not redis_cache.add("count", 1)
    assert redis_cache.incr("count") == 2
    redis_cache.set_many({"a": 1, "b": 2})
    assert redis_cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2}
    assert "a" in redis_cache
    redis_cache.delete("a")
    assert redis_cache.get_or_set("a", 3) == 3


@pytest.mark.parametrize("leave", ["stop", "hang"])
@pytest.mark.django_db(transaction=True)
def test_people_read_and_sign_in_while_redis_is_away(redis_cache, redis_server, client, leave):
    user = make_user(password="a long word to enter by")
    getattr(redis_server, leave)()

    front_page = client.get("/")
    client.post(
        reverse("account_login"), {"login": user.email, "password": "a long word to enter by"}
    )

    assert front_page.status_code == 200
    assert client.session["_auth_user_id"] == str(user.pk)
