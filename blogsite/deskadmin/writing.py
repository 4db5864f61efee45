"""Forms: what an address offers for their fields, and rows chosen from long lists."""

from django import forms
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import FieldDoesNotExist, ValidationError

from blogsite.deskadmin.values import fits, typed


class ChosenRow(AutocompleteSelect):
    """Django's list that searches while one types, with a name that can be read out.

    A choice that could be no row is shown as none; the field says what is wrong with it.
    """

    @property
    def media(self):
        label = forms.Script("js/desk-labels.js", type="module")
        return super().media + forms.Media(js=[label])

    def optgroups(self, name, value, attr=None):
        possible = [pk for pk in value if pk and fits(self.field.target_field, pk)]
        return super().optgroups(name, possible, attr)


class Writing:
    """Mixin: an address may fill in a form, as far as the fields can hold what it says."""

    def get_changeform_initial_data(self, request):
        offered = super().get_changeform_initial_data(request)
        values = {name: self.offer(name, value) for name, value in offered.items()}
        return {name: value for name, value in values.items() if value is not None}

    def offer(self, name: str, value: str | list[str]):
        """`value` as the field `name` of a new row can hold it, or None."""
        try:
            field = self.opts.get_field(name)
        except FieldDoesNotExist:
            return value  # of the form's own fields, which are lines of text
        if not field.concrete:
            return None
        if field.many_to_many:
            return [pk for pk in value if fits(field.target_field, pk)]
        try:
            return typed(field.target_field if field.is_relation else field, value)
        except ValidationError:
            return None

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault(
                "widget", ChosenRow(db_field, self.admin_site, using=kwargs.get("using"))
            )
        return super().formfield_for_foreignkey(db_field, request, **kwargs)
