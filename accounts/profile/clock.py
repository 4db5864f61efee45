"""The pages of an account tell the time as its owner's clock does."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.utils import timezone

from accounts.middleware import BELOW


def own_time(get_response):
    """Middleware: below /account/ times are in the zone that the person chose; else in UTC."""

    def middleware(request):
        zone = request.path.startswith(BELOW) and getattr(request.user, "time_zone", "")
        if not zone:
            return get_response(request)
        with timezone.override(zone_called(zone)):
            return get_response(request)

    return middleware


def zone_called(name: str):
    """UTC for a zone that this machine does not know, or knows no more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return timezone.get_default_timezone()
