"""What views ask: may this be tried now?"""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.throttling import tallies
from accounts.throttling.keys import folded, key, networks_of
from accounts.throttling.limits import ACTIONS
from accounts.throttling.tallies import Claim
from blogsite import errors


def wait_for(request, action: str, subject: str = "") -> int:
    """Count a try of `action` (of limits.ACTIONS) about `subject`, an address or a key of a person.

    Gives 0, or the seconds to wait; then nothing is counted.
    """
    limits = ACTIONS[action]
    narrow, wide = networks_of(request)
    claims = [
        Claim(key(action, "network", narrow), limits.network),
        Claim(key(action, "wide", wide), limits.wide_network),
    ]
    if subject:
        claims.append(Claim(key(action, "subject", folded(subject)), limits.subject))
    return tallies.take(claims)


def too_many(request, seconds: int):
    """The page that asks somebody to wait. A form can keep what was typed, and says it itself with
    `answering.must_wait`."""
    return errors.too_many(request, seconds, sentence(seconds))


def sentence(seconds: int) -> str:
    """Asks somebody to wait, in the words of a person: "Please try again in 3 minutes"."""
    minutes = max(1, -(-seconds // 60))
    return (
        _("That was tried too often just now.")
        + " "
        + (
            ngettext(
                "Please try again in a minute.", "Please try again in %(minutes)d minutes.", minutes
            )
            % {"minutes": minutes}
        )
    )
