"""How passwords are hashed, and how many at once."""

import threading
from contextlib import contextmanager

from django.contrib.auth.hashers import Argon2PasswordHasher, PBKDF2PasswordHasher

# Longer ones are refused before anything is computed of them. NIST asks for at least 64.
LONGEST_PASSWORD = 128
# A hash takes a processor and 19 MiB for some 30 milliseconds. With all 32 threads of a worker at
# it, readers would find none free; so few hash, some wait, and the others are told to come again.
HASHING = 4
WAITING = 12


class TooBusy(Exception):
    """So many passwords are being checked that this one must come again."""


class Turns:
    """Lets `working` in at once and `waiting` more wait; refuses whoever comes then."""

    def __init__(self, working: int, waiting: int):
        self.places = threading.BoundedSemaphore(working + waiting)
        self.turns = threading.BoundedSemaphore(working)

    @contextmanager
    def one(self):
        """Raises TooBusy without waiting where nobody more may wait."""
        if not self.places.acquire(blocking=False):
            raise TooBusy
        try:
            with self.turns:
                yield
        finally:
            self.places.release()


turns = Turns(HASHING, WAITING)


class Argon2(Argon2PasswordHasher):
    """Argon2id as the Password Storage Cheat Sheet of OWASP asks: 19 MiB, two passes, one lane.

    Django's own takes 100 MiB and eight lanes, which a few sign-ins at once would make into the
    memory of a small machine.
    """

    time_cost = 2
    memory_cost = 19 * 1024  # KiB
    parallelism = 1

    def encode(self, password, salt):
        with turns.one():
            return super().encode(password, salt)

    def verify(self, password, encoded):
        with turns.one():
            return super().verify(password, encoded)


class PBKDF2(PBKDF2PasswordHasher):
    """For passwords of before; each becomes Argon2id at the next sign-in. verify() encodes."""

    def encode(self, password, salt, iterations=None):
        with turns.one():
            return super().encode(password, salt, iterations)
