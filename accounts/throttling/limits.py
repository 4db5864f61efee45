"""How often what may be tried, and why so often."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """So many tries `within` a time that begins with the first of them."""

    tries: int
    within: timedelta

    def after(self, count: int, now: datetime, ends_at: datetime) -> tuple[datetime, datetime]:
        """With `count` tries made: the moment of the next if it was the last, and of forgetting."""
        return ends_at, ends_at


@dataclass(frozen=True)
class Slowing(Limit):
    """So many tries at once, then one at a time after waits that double.

    Forgotten when nothing was tried `within` a time; whoever goes on guessing goes on waiting.
    """

    first_wait: timedelta = MINUTE
    longest_wait: timedelta = HOUR

    def after(self, count, now, ends_at):
        return now + self.wait_after(count), now + self.within

    def wait_after(self, count: int) -> timedelta:
        if count < self.tries:
            return timedelta(0)
        doublings = min(count - self.tries, 16)  # far beyond the longest wait, far below overflow
        return min(self.first_wait * 2**doublings, self.longest_wait)


# --- Signing in -------------------------------------------------------------------

# With any browser that is not known: eight are enough for a forgetful owner. After that an
# attacker, with all networks of the world, has some thirty guesses a day.
ACCOUNT = Slowing(8, DAY)
# A browser that its owner signed in with: counted for itself, so that nobody else can use it up.
# A stolen browser is slowed like any other.
DEVICE = Slowing(10, DAY)
# Over any accounts: a household or a small office that mistypes, not a list of passwords.
NETWORK = Limit(30, HOUR)
WIDE_NETWORK = Limit(100, HOUR)
# Six digits, three of which are good at a time: ten guesses are one chance in 33,000. Whoever
# gets here knows the password already.
CODE = Slowing(10, DAY)
# A signed-in session that asks for the password again: somebody at an open laptop.
REAUTHENTICATION = Slowing(8, DAY)
# A link that signs in is good for one use.
LOGIN_LINK = Limit(1, HOUR)

# --- Everything else --------------------------------------------------------------


@dataclass(frozen=True)
class Limits:
    """Of one action: by the visitor's network, by the one around it, and by what it is about."""

    network: Limit
    wide_network: Limit
    subject: Limit


def hourly(network: int, wide_network: int, subject: int) -> Limits:
    return Limits(Limit(network, HOUR), Limit(wide_network, HOUR), Limit(subject, HOUR))


ACTIONS = {
    # Each sends a mail: an address is to get few that it did not ask for. A class that signs up
    # together comes from one network.
    "sign_up": hourly(20, 60, 3),
    # As above. That others may use up the tries of an address does not keep its owner out: each
    # of them brought the owner a link.
    "reset": hourly(20, 60, 3),
    "change_email": hourly(20, 60, 5),
    "confirm_email": hourly(20, 60, 5),
    # Nothing to guess, but each asks for a challenge that is kept with a session.
    "passkey": hourly(120, 600, 120),
    # Costly to make; nobody needs many.
    "export": hourly(10, 60, 5),
    "leave": hourly(20, 60, 10),
    "profile": hourly(60, 200, 60),
}
