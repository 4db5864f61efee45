"""Codes that somebody types as a second step: from an app, or one of the recovery codes."""

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.db import transaction

from accounts.models import User
from accounts.second_step import sealing
from accounts.second_step.resealing import reseal

Type = Authenticator.Type


def accept(user: User, code: str) -> Authenticator | None:
    """Use `code` up and give the app or the set of codes it is from; None where it is wrong."""
    for kind, is_right in [(Type.TOTP, use_up_app_code), (Type.RECOVERY_CODES, use_up_recovery)]:
        authenticator = Authenticator.objects.filter(user=user, type=kind).first()
        if authenticator and is_right(authenticator, code):
            return authenticator
    return None


@transaction.atomic
def use_up_app_code(authenticator: Authenticator, code: str) -> bool:
    """Whether `code` is right now and neither it nor a later one was used before.

    allauth remembers used codes in the cache, which other processes do not share, and forgets
    them while a clock that is slow still takes them.
    """
    row = Authenticator.objects.select_for_update().filter(pk=authenticator.pk).first()
    if row is None:
        return False
    secret = sealing.unseal(row.data["secret"])
    last_used = row.data.get("last_counter", 0)
    for counter in counters_now():
        right = compare_user_code(
            actual=code, expected=format_hotp_value(hotp_value(secret, counter))
        )
        if right and counter > last_used:
            row.data["last_counter"] = counter
            reseal(row)
            row.save(update_fields=["data"])
            authenticator.data = row.data
            return True
    return False


@transaction.atomic
def use_up_recovery(authenticator: Authenticator, code: str) -> bool:
    codes = authenticator.wrap()
    is_right = codes.validate_code(code)
    row = codes.instance  # allauth reads the row anew, locks it and marks that
    if is_right and reseal(row):
        row.save(update_fields=["data"])
    authenticator.data = row.data
    return is_right


def counters_now() -> range:
    """The numbers of the half minutes whose code is taken now."""
    now = int(time.time()) // app_settings.TOTP_PERIOD
    return range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)
