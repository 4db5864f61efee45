"""How many reports are taken: enough to learn of a fault, too few to be a burden."""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

MINUTE = 60
OF_ONE_ADDRESS = 30  # a page that is wrong in many places, and the next one
OF_ALL = 300  # five small writes a second


def may_report(address: str) -> bool:
    """Whether one more report of this network address is taken now.

    Counted in the cache alone: to be wrong after a restart costs nothing.
    """
    who = salted_hmac("blogsite.reporting", address, algorithm="sha256").hexdigest()[:32]
    return is_below(f"reports:{who}", OF_ONE_ADDRESS) and is_below("reports", OF_ALL)


def is_below(key: str, most: int) -> bool:
    cache.add(key, 0, MINUTE)
    try:
        return cache.incr(key) <= most
    except ValueError:  # it ended just now
        return True
