"""Sealing secrets anew after the site got another secret key, so that the former one can go."""

from collections.abc import Iterator

from allauth.mfa.models import Authenticator
from django.db import transaction

from accounts.second_step import sealing

# What lies sealed in the data of an app, and in those of recovery codes.
SEALED = ["secret", "seed"]


def reseal(row: Authenticator) -> bool:
    """Seal anew what a former key sealed in `row`, and say whether there was any; saves nothing."""
    old = [name for name in SEALED if name in row.data and sealing.is_old(row.data[name])]
    for name in old:
        row.data[name] = sealing.seal(sealing.unseal(row.data[name]))
    return bool(old)


def reseal_all() -> int:
    """Do so with everybody's; the number of apps and sets of recovery codes it was done with."""
    return sum(reseal_one(row.pk) for row in old_rows())


@transaction.atomic
def reseal_one(pk: int) -> bool:
    """Read anew and locked: its owner may use up a code meanwhile."""
    row = Authenticator.objects.select_for_update().filter(pk=pk).first()
    if row is None or not reseal(row):
        return False
    row.save(update_fields=["data"])
    return True


def old_rows() -> Iterator[Authenticator]:
    kinds = [Authenticator.Type.TOTP, Authenticator.Type.RECOVERY_CODES]
    for row in Authenticator.objects.filter(type__in=kinds).order_by("pk"):
        if any(sealing.is_old(row.data.get(name, "")) for name in SEALED):
            yield row
