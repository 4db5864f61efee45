"""What long lists suggest while one types."""

from django.apps import apps
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.core.exceptions import FieldDoesNotExist, PermissionDenied


class Suggestions(AutocompleteJsonView):
    def process_request(self, request):
        """Refuse what leads from the other side of a relation: no form has a field of it.

        Django takes it for a field and fails.
        """
        asked = [request.GET.get(name, "") for name in ("app_label", "model_name", "field_name")]
        if is_seen_from_behind(*asked):
            raise PermissionDenied
        return super().process_request(request)


def is_seen_from_behind(app_label: str, model_name: str, field_name: str) -> bool:
    try:
        field = apps.get_model(app_label, model_name)._meta.get_field(field_name)
    except (FieldDoesNotExist, LookupError):
        return False  # Django refuses these by itself
    return field.is_relation and field.auto_created and not field.concrete
