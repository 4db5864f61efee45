"""How many suggestions are made for one network: enough for an office that types, and no flood.

The search itself has no limit: who asks there reads what they find.
"""

from accounts.throttling.keys import key, networks_of
from blogsite.reporting.throttling import is_below

MOST = 600  # a minute. Somebody who types asks three times a second, for some seconds


def may_suggest(request) -> bool:
    """Counted in the cache alone: to be wrong after a restart costs nothing."""
    own, _around = networks_of(request)
    return is_below(f"suggestions:{key(own)}", MOST)
