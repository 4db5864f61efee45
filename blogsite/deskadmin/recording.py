"""Telling the log what is changed at the desk, and by whom."""

import logging

logger = logging.getLogger("blogsite.desk")


class Recording:
    """Mixin: what Django notes in its table goes to the log of the server as well.

    By keys and names of fields alone: what people typed has no place in a log, and could forge
    its lines.
    """

    def log_addition(self, request, obj, message):
        record(request, "added", obj)
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        record(request, "changed", obj, fields_in(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            record(request, "deleted", obj)
        return super().log_deletions(request, queryset)


def record(request, verb: str, obj, fields: str = "") -> None:
    about = f" ({fields})" if fields else ""
    logger.info("user %s %s %s %s%s", request.user.pk, verb, obj._meta.label, obj.pk, about)


def fields_in(message) -> str:
    """The names of the fields that Django's note on a change lists."""
    if not isinstance(message, list):
        return ""
    parts = [part for each in message for part in each.values()]
    return ", ".join(str(field) for part in parts for field in part.get("fields", []))
