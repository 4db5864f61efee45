"""Lists in pages, as far as somebody would turn them.

Django counts all rows twice for each page of a few, and skips over all that come before: with a
hundred thousand of them that is most of what a list costs. Here a list ends after so many rows,
and says that there are more; searching and filtering lead to the others.
"""

from django.contrib import admin, messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.paginator import Paginator
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

MOST = 5000  # rows; a hundred pages of fifty, and still a few milliseconds


class FirstRows(Paginator):
    """The first MOST rows in pages; the rest is neither counted nor shown."""

    @cached_property
    def counted(self) -> int:
        """How many rows there are, MOST + 1 standing for all numbers above."""
        if isinstance(self.object_list, list):
            return len(self.object_list)
        return self.object_list.order_by()[: MOST + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST)

    @property
    def has_more(self) -> bool:
        """Whether there are rows beyond the last page."""
        return self.counted > MOST


class Paging:
    """Mixin: a list counts and skips no further than MOST rows, however many there are."""

    paginator = FirstRows
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER  # each would be counted on its own
    list_max_show_all = 0
    list_per_page = 50

    def get_changelist_instance(self, request):
        try:
            return super().get_changelist_instance(request)
        except IncorrectLookupParameters:
            if is_beyond(request.GET.get(PAGE_VAR, ""), self.list_per_page):
                told = _(
                    "Lists end after %(most)d rows, so here is the first page again. Search, "
                    "filter or turn the order round to see others."
                )
                self.message_user(request, told % {"most": MOST}, messages.WARNING)
            raise


def is_beyond(page: str, per_page: int) -> bool:
    """Whether the number `page` stands for one behind the last that any list has."""
    is_number = page.isascii() and page.isdecimal() and len(page) < 20
    return is_number and int(page) > MOST // per_page
