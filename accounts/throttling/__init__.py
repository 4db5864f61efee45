"""Slows down whoever guesses, and never keeps out the owner of an account.

    wait = throttling.wait_for(request, "reset", subject=address)
    if wait:
        return throttling.too_many(request, wait)

limits.py says how often what may be tried, tallies.py counts, devices.py knows browsers that
somebody signed in with before, and login.py asks them all.
"""

from accounts.throttling.asking import forgive, too_many, wait_for

__all__ = ["forgive", "too_many", "wait_for"]
