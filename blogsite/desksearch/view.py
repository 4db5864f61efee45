"""The page of the search, and the same as data for the box that opens over every page."""

from django.http import JsonResponse
from django.template.response import TemplateResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from blogsite.desksearch import find
from blogsite.desksearch.query import Query

JSON = "application/json"


def answer(site, request):
    """What the query `q` finds, as the browser prefers it."""
    query = Query.of(request.GET.get("q", ""))
    groups = find(request, query)
    if request.get_preferred_type(["text/html", JSON]) == JSON:
        response = JsonResponse(as_data(query, groups))
    else:
        context = site.each_context(request) | {
            "title": _("Search"),
            "query": query,
            "groups": groups,
            "told": told(query, groups),
        }
        response = TemplateResponse(request, "admin/search.html", context)
    patch_vary_headers(response, ["Accept"])
    return response


def as_data(query: Query, groups: list) -> dict:
    return {
        "query": query.text,
        "told": told(query, groups),
        "groups": [
            {"name": group.kind.name, "label": group.kind.label, "items": items_of(group)}
            for group in groups
        ],
    }


def items_of(group) -> list[dict[str, str]]:
    return [vars(item) for item in group.items]


def told(query: Query, groups: list) -> str:
    """How much was found, in a sentence; nothing where nothing was asked."""
    if not query.words:
        return ""
    number = sum(len(group.items) for group in groups)
    if not number:
        return _("Nothing found.")
    return ngettext("%(number)d result", "%(number)d results", number) % {"number": number}
