"""Every parameter that some list or page of the desk knows, with what none of them can hold."""

import pytest
from django.apps import apps
from django.contrib import admin
from django.urls import NoReverseMatch, reverse

from blogsite.tests.attacks.walking import every_address

# Not in a transaction: PostgreSQL takes no more questions in one after an error.
pytestmark = pytest.mark.django_db(transaction=True)

ODD = ["9" * 40, "-" + "9" * 40, "1," + "9" * 40, "\0", "'", "-1", "\u0660\u0661", "_27", "1e400"]
EVERYWHERE = [
    "q", "p", "o", "e", "all", "pk", "pk__in", "id__exact", "id__in", "_to_field", "_popup", "_facets",
    "_changelist_filters", "_source_model", "_saveasnew", "action", "next", "status",
]  # fmt: skip
LISTED = list(admin.site._registry.items())
each_list = pytest.mark.parametrize(
    ("model", "desk"), LISTED, ids=[model.__name__ for model, _desk in LISTED]
)


def filters_of(desk) -> list[str]:
    """What the filters and the line of dates above a list put into its address."""
    names = []
    for each in desk.list_filter:
        name = each[0] if isinstance(each, tuple) else each
        if isinstance(name, str):
            endings = ["exact", "id__exact", "isnull", "isempty", "gte", "lt", "in"]
            names += [f"{name}__{ending}" for ending in endings]
        else:
            names.append(name.parameter_name)
    if desk.date_hierarchy:
        names += [f"{desk.date_hierarchy}__{part}" for part in ("year", "month", "day")]
    return names


def broken(client, asked) -> list:
    """The first three of `asked`, addresses with parameters, that the site fails at."""
    client.raise_request_exception = False
    answers = ((path, query, client.get(path, query).status_code) for path, query in asked)
    return [each for each in answers if each[2] >= 500][:3]


@each_list
def test_no_list_breaks(client, world, model, desk):
    client.force_login(world.administrator)
    try:
        url = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    except NoReverseMatch:
        pytest.skip("it has no list")

    names = [*EVERYWHERE, *filters_of(desk)]

    assert broken(client, ((url, {name: text}) for name in names for text in ODD)) == []


@pytest.mark.parametrize("text", ["9" * 40, "\0", "'"])
def test_no_page_of_the_desk_breaks(client, world, text):
    client.force_login(world.administrator)
    paths = [place.path for place in every_address(world) if place.name.startswith("admin:")]

    assert broken(client, ((path, dict.fromkeys(EVERYWHERE, text)) for path in paths)) == []


@each_list
def test_no_suggestion_breaks(client, world, model, desk):
    """Of any field, those that other models have for this one included."""
    client.force_login(world.administrator)
    of = {"app_label": model._meta.app_label, "model_name": model._meta.model_name}
    fields = [field.name for field in apps.get_model(*of.values())._meta.get_fields()]

    asked = (
        (reverse("admin:autocomplete"), of | {"field_name": name, "term": text, "p": page})
        for name in [*fields, "\0", "9" * 40]
        for text, page in [("a", "9" * 40), ("\0", "1"), ("9" * 40, "-1")]
    )

    assert broken(client, asked) == []
