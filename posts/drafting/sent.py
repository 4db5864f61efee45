"""What a form would send: as a working copy keeps it, and as a form is filled with it."""

import json

from django.core.exceptions import ValidationError
from django.forms import CheckboxInput, Form, MultiWidget
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

MOST_NAMES = 500
MOST_CHARACTERS = 1_500_000  # of all values: a text of the greatest length, and much too much

# What a form carries beside what somebody typed. Buttons begin with an underscore.
CARRIED = {"csrfmiddlewaretoken", "window", "based_on", "merged_from"}

Fields = dict[str, list[str]]


def fields_sent(data: QueryDict) -> Fields:
    """What somebody typed, of all that a form has sent."""
    return {name: values for name, values in data.lists() if is_typed(name)}


def is_typed(name: str) -> bool:
    return name not in CARRIED and not name.startswith("_")


def read(text: str) -> Fields:
    """The fields that a browser sent as JSON; a ValidationError where they are nothing of the kind."""
    if len(text) > MOST_CHARACTERS:
        raise ValidationError(_("This is too long to be kept."), code="long")
    try:
        fields = json.loads(text)
        text.encode()
        # What is written as an escape may still be no character that a database takes.
        json.dumps(fields, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise ValidationError(_("This is no form.")) from error
    if not is_form(fields):
        raise ValidationError(_("This is no form."))
    return {name: values for name, values in fields.items() if is_typed(name)}


def is_form(fields) -> bool:
    if not isinstance(fields, dict) or len(fields) > MOST_NAMES:
        return False
    if not all(isinstance(values, list) for values in fields.values()):
        return False
    lines = [*fields, *(value for values in fields.values() for value in values)]
    return all(isinstance(line, str) and "\0" not in line for line in lines)


def as_sent(fields: Fields, **more: str) -> QueryDict:
    """`fields` and `more` as if a browser had sent them."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, values)
    for name, value in more.items():
        data[name] = value
    return data


def fields_shown(*forms: Form) -> Fields:
    """What unbound forms would send back, untouched."""
    fields = {}
    for form in forms:
        for bound in form:
            fields |= values_shown(bound.html_name, bound.field.widget, bound.value())
    return {name: values for name, values in fields.items() if is_typed(name)}


def values_shown(name: str, widget, value) -> Fields:
    if isinstance(widget, MultiWidget):
        parts = value if isinstance(value, list) else widget.decompress(value)
        fields = {}
        for suffix, part, one in zip(widget.widgets_names, widget.widgets, parts, strict=True):
            fields |= values_shown(name + suffix, part, one)
        return fields
    if isinstance(widget, CheckboxInput):
        return {name: ["on"]} if widget.check_test(value) else {}
    shown = widget.format_value(value)
    if isinstance(shown, list):
        return {name: [str(one) for one in shown]}
    return {name: ["" if shown is None else str(shown)]}


def storable(fields: Fields) -> Fields | None:
    """`fields` as a database takes them; None where they are too much.

    A null character is refused by the form as well, and no key types one.
    """
    lines = [*fields, *(value for values in fields.values() for value in values)]
    if len(fields) > MOST_NAMES or sum(map(len, lines)) > MOST_CHARACTERS:
        return None
    return {
        name.replace("\0", ""): [value.replace("\0", "") for value in values]
        for name, values in fields.items()
    }
