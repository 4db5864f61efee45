"""Slows down whoever guesses, and never keeps out the owner of an account.

    wait = throttling.wait_for(request, "reset", subject=address)
    if wait:
        return throttling.too_many(request, wait)

limits.py says how often what may be tried, tallies.py counts, devices.py knows browsers that
somebody signed in with before, signing_in.py says which tries count together, and login.py and
forms.py ask them all.
"""

from accounts.throttling.asking import too_many, wait_for
from accounts.throttling.signing_in import forgive

__all__ = ["forgive", "too_many", "wait_for"]
