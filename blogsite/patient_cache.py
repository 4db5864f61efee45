"""Django's cache in Redis, which may go away: then each process remembers for itself."""

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis import RedisError
from redis.backoff import NoBackoff
from redis.retry import Retry

from blogsite.pagecache.shared.line import ANSWER_SECONDS, Away, Outage

METHODS = [
    *["add", "get", "set", "touch", "delete", "get_many", "set_many", "delete_many"],
    *["has_key", "incr", "clear"],
]


class PatientRedisCache(RedisCache):
    """What is in a cache may be lost at any time, so an empty one serves as well.

    Limits that are counted in it then hold for each process by itself.
    """

    outage = Outage()  # of the whole process; Django makes a cache for each thread

    def __init__(self, server, params):
        options = {
            "socket_timeout": ANSWER_SECONDS,
            "socket_connect_timeout": ANSWER_SECONDS,
            "retry": Retry(NoBackoff(), 0),
        } | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})
        self.own = LocMemCache("while redis is away", params | {"OPTIONS": {}})

    def _ask(self, name: str, arguments: tuple, options: dict):
        try:
            self.outage.raise_if_on()
            answer = getattr(super(), name)(*arguments, **options)
        except Away:
            return getattr(self.own, name)(*arguments, **options)
        except (RedisError, OSError) as error:
            self.own.clear()  # it may be left from an earlier time
            self.outage.begin(error)
            return getattr(self.own, name)(*arguments, **options)
        self.outage.end()
        return answer


def _method(name: str):
    def ask(self, *arguments, **options):
        return self._ask(name, arguments, options)

    ask.__name__ = name
    return ask


for _name in METHODS:
    setattr(PatientRedisCache, _name, _method(_name))
