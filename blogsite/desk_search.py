"""The rooms of the desk and the settings in them, found by what they are called."""

from django.contrib import admin
from django.urls import NoReverseMatch, reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from blogsite.desksearch import Found, register


def find_rooms(request, query) -> list[Found]:
    """Lists that may be looked at; those first whose name begins with the query."""
    found = []
    for app in admin.site.get_app_list(request):
        for model in app["models"]:
            address = model["admin_url"]
            if address and query.is_in(model["name"], app["name"]):
                found.append(Found(str(model["name"]), address, str(app["name"])))
    start = query.text.casefold()
    return sorted(found, key=lambda each: not each.title.casefold().startswith(start))


def find_settings(request, query) -> list[Found]:
    """Single settings, by their names on the pages that hold one row of them."""
    found = []
    for model, room in admin.site._registry.items():
        if not hasattr(model, "load") or not room.has_view_permission(request):
            continue
        address = address_of(model)
        for owner in [model, *(inline.model for inline in room.inlines)]:
            for name, label in settings_of(owner):
                if address and query.is_in(label):
                    anchor = f"#id_{name}" if owner is model else ""
                    found.append(Found(label, address + anchor, capfirst(model._meta.verbose_name)))
    return found


def settings_of(model) -> list[tuple[str, str]]:
    """Name and label of what somebody may set."""
    fields = [field for field in model._meta.fields if field.editable and not field.primary_key]
    return [(field.name, str(capfirst(field.verbose_name))) for field in fields]


def address_of(model) -> str:
    """The page of the one row; empty where there is none."""
    options = model._meta
    try:
        return reverse(f"admin:{options.app_label}_{options.model_name}_change", args=[1])
    except NoReverseMatch:
        return ""


register("rooms", _("Rooms of the desk"), find_rooms)
register("settings", _("Settings"), find_settings)
