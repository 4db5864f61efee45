"""Lists: what is looked for, filtered and marked."""

from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ERROR_FLAG, SEARCH_VAR
from django.core.exceptions import FieldError, ValidationError
from django.db import DataError, NotSupportedError, ProgrammingError
from django.http import QueryDict
from django.utils.text import smart_split

from blogsite.deskadmin.values import fits

MAX_WORDS = 8  # further words of a search are ignored: each costs a scan of the texts
MAX_SEARCH = 500  # characters; SQLite refuses patterns of 50,000 bytes
MAX_FILTERS = 50  # values for filters; SQLite refuses conditions of a thousand parts
MAX_FILTER = 500  # characters of one of them; see MAX_SEARCH
MAX_NAME = 100  # characters; each step from table to table or into a JSON column costs time
# A bad pattern is an error, and a slow one keeps the database busy for minutes.
PATTERNS = {"regex", "iregex"}
# What Python, Django or the database say to a filter that makes no sense.
NONSENSE = (
    DataError,
    FieldError,
    LookupError,
    NotSupportedError,
    OverflowError,
    ProgrammingError,
    TypeError,
    ValidationError,
    ValueError,
)


class Searching:
    """Mixin: a search has few words, and a filter without sense leads to the whole list."""

    def get_search_results(self, request, queryset, search_term):
        return super().get_search_results(request, queryset, few_words(search_term))

    def lookup_allowed(self, lookup, value, request):
        return PATTERNS.isdisjoint(lookup.split("__")) and super().lookup_allowed(
            lookup, value, request
        )

    def get_changelist_instance(self, request):
        """Django asks for the filters here, and answers this exception with a redirect."""
        if is_absurd(request.GET):
            raise IncorrectLookupParameters
        try:
            return super().get_changelist_instance(request)
        except NONSENSE as error:
            if set(request.GET) <= {ERROR_FLAG}:
                raise  # nothing was asked, so the mistake is ours
            raise IncorrectLookupParameters from error

    def response_action(self, request, queryset):
        marked = request.POST.getlist(ACTION_CHECKBOX_NAME)
        request.POST = request.POST.copy()
        request.POST.setlist(ACTION_CHECKBOX_NAME, [pk for pk in marked if fits(self.opts.pk, pk)])
        return super().response_action(request, queryset)


def few_words(search: str) -> str:
    """The first words of `search`; a phrase in quotes counts as one."""
    return " ".join(list(smart_split(search.replace("\0", " ")[:MAX_SEARCH]))[:MAX_WORDS])


def is_absurd(query: QueryDict) -> bool:
    """Whether no page of ours could have asked for so much."""
    values = [value for name, some in query.lists() if name != SEARCH_VAR for value in some]
    return (
        len(values) > MAX_FILTERS
        or any(len(value) > MAX_FILTER for value in values)
        or any(len(name) > MAX_NAME for name in query)
    )
