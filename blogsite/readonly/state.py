"""Whether the site may be written to.

In the database, so that all processes know at once, and a restart forgets nothing.
"""

from django.db import transaction

from blogsite.audit.recording import record
from blogsite.prepared import Prepared
from blogsite.readonly.models import Lock


def lock() -> Lock | None:
    """The lock, while there is one. Raises DatabaseError where nobody can tell."""
    return next(iter(locks(key=1)), None)


@Prepared
def locks(key):
    return Lock.objects.filter(pk=key)


@transaction.atomic
def close(*, except_staff: bool = False) -> None:
    """Let everybody read and nobody write; staff may, if they are excepted."""
    Lock.objects.update_or_create(pk=1, defaults={"except_staff": except_staff})
    record("site.locked", except_staff=except_staff)


@transaction.atomic
def open_again() -> None:
    Lock.objects.all().delete()
    record("site.opened")
