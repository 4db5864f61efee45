"""Telling the audit log what is changed at the desk."""

from django.db import transaction

from blogsite.audit import recording


class Recording:
    """Mixin: what Django notes in its table is an event as well, in the same transaction.

    By keys and names of fields alone: what people typed has no place in it.
    """

    def log_addition(self, request, obj, message):
        self.tell("added", obj, fields_in(message))
        return super().log_addition(request, obj, message)

    def log_change(self, request, obj, message):
        self.tell("changed", obj, fields_in(message))
        return super().log_change(request, obj, message)

    def log_deletions(self, request, queryset):
        for obj in queryset:
            self.tell("deleted", obj)
        return super().log_deletions(request, queryset)

    def tell(self, what: str, obj, fields: list[str] | None = None) -> None:
        """Record that a form has `what` (added, changed, deleted) `obj`."""
        options = obj._meta
        details = {"fields": fields} if fields else {}
        recording.record(f"{options.app_label}.{options.model_name}_{what}", obj, **details)

    def response_action(self, request, queryset):
        """Django notes what an action is about to delete; both happen, or neither."""
        if "delete_selected" not in request.POST.getlist("action"):
            return super().response_action(request, queryset)
        with transaction.atomic():
            return super().response_action(request, queryset)


def fields_in(message) -> list[str]:
    """The names of the fields that Django's note on a change lists, with those of its parts."""
    if not isinstance(message, list):
        return []
    parts = [part for each in message for part in each.values()]
    return [name for part in parts for name in names_in(part)]


def names_in(part: dict) -> list[str]:
    """`fields` of the form itself, or of the row of another kind whose `name` the part gives."""
    fields, kind = part.get("fields", []), part.get("name")
    if not kind:
        return [str(field) for field in fields]
    return [f"{kind}: {field}" for field in fields] or [str(kind)]
