"""The archive: all years, one year, one month."""

from django.http import Http404, HttpResponsePermanentRedirect
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from blogsite.languages import language
from blogsite.pagecache import remembered
from posts.tallies.lists import Listing
from posts.views.public import PublicList, PublicPage


class Archive(PublicPage, TemplateView):
    """Every year and month that has posts, with their number."""

    template_name = "posts/archive.jinja"

    def get_heading(self):
        return _("Archive")

    def get_description(self):
        return _("Everything written here, by year and month.")

    def get_context_data(self, **kwargs):
        return super().get_context_data(years=years_with_posts(language()), **kwargs)


@remembered
def years_with_posts(_language: str) -> list[dict]:
    """Years, the newest first, with their months named in the language that is active."""
    years = {}
    for period, count in Listing().months():
        year, month = map(int, period.split("-"))
        years.setdefault(year, []).append(
            {
                "name": str(MONTHS[month]),
                "count": count,
                "address": reverse("posts:month", args=[year, f"{month:02d}"]),
            }
        )
    return [
        {
            "year": year,
            "months": months,
            "count": sum(month["count"] for month in months),
            "address": reverse("posts:year", args=[year]),
        }
        for year, months in years.items()
    ]


class YearPage(PublicList):
    """The posts of one year (UTC)."""

    template_name = "posts/period.jinja"

    def get_listing(self):
        posts = super().get_listing().within(self.get_period())
        if not posts.count():
            raise Http404(_("Nothing was published then."))
        return posts

    def get_period(self) -> str:
        return f"{self.kwargs['year']:04d}"

    def get_heading(self):
        return str(self.kwargs["year"])

    def get_description(self):
        return _("What was written in %s.") % self.get_heading()

    def get_context_data(self, **kwargs):
        return super().get_context_data(year=self.kwargs["year"], **kwargs)


class MonthPage(YearPage):
    """The posts of one month (UTC)."""

    def get(self, request, *args, **kwargs):
        two_digits = f"{int(kwargs['month']):02d}"
        if two_digits != kwargs["month"]:
            return HttpResponsePermanentRedirect(
                reverse("posts:month", args=[kwargs["year"], two_digits])
            )
        return super().get(request, *args, **kwargs)

    def get_period(self):
        year, month = self.kwargs["year"], int(self.kwargs["month"])
        if not 1 <= month <= 12:
            raise Http404(_("There is no such month."))
        return f"{year:04d}-{month:02d}"

    def get_heading(self):
        year, month = self.kwargs["year"], int(self.kwargs["month"])
        return f"{MONTHS[month]} {year}"
