"""Ways to narrow the list of posts that cost the same however many posts, tags and people there are."""

from collections.abc import Iterator
from datetime import UTC, datetime

from django.contrib import admin
from django.db.models import Exists, F, OuterRef, QuerySet, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blogsite.deskadmin.values import fits
from posts import access
from posts.models import Byline, Post, Series, Tagging, Tally
from posts.tagging import tags_known_to

FEW = 30  # choices that a list of them names
MANY = 1000  # posts


class ChosenFilter(admin.SimpleListFilter):
    """Names its choices while they are few. Of many it names the chosen one, which a link set."""

    def rows(self, request) -> QuerySet:
        """What may be chosen by who asks."""
        raise NotImplementedError

    def question(self, key: int) -> dict:
        """The condition that a post belongs to the row with this key."""
        raise NotImplementedError

    def lookups(self, request, model_admin):
        rows = self.rows(request)
        some = list(rows[: FEW + 1])
        if len(some) > FEW:
            chosen = self.used_parameters.get(self.parameter_name, "")
            some = list(rows.filter(pk=chosen)) if fits(rows.model._meta.pk, chosen) else []
        return [(str(row.pk), str(row)) for row in some]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return queryset.filter(**self.question(int(self.value())))
        return queryset


class LinkedFilter(ChosenFilter):
    """By what links posts to something that may have a few of them, or nearly all."""

    kind: Tally.Kind

    def links(self, key: int) -> QuerySet:
        raise NotImplementedError

    def queryset(self, request, queryset):
        """Few posts are looked up one by one; of many, the list is walked until a page is full.

        No database knows which is better, but the tallies do; the sum is no column with an index.
        """
        if self.value() not in dict(self.lookup_choices):
            return queryset
        key = int(self.value())
        posts = self.links(key).order_by().values("post")
        tally = Tally.objects.filter(kind=self.kind, key=key, period="")
        number = tally.aggregate(number=Sum("number"))["number"] or 0
        if number < MANY:
            return queryset.filter(pk__in=posts)
        return queryset.alias(each=F("pk") + 0).filter(each__in=posts)


class AuthorFilter(LinkedFilter):
    title = _("author")
    parameter_name = "author"
    kind = Tally.Kind.AUTHOR

    def rows(self, request):
        """People with posts; for who writes only their own, those named beside them."""
        named = Byline.objects.filter(user=OuterRef("pk"))
        if not access.sees_all_posts(request.user):
            named = named.filter(post__in=access.posts_at_desk_of(request.user))
        return User.objects.filter(Exists(named))

    def links(self, key):
        return Byline.objects.filter(user=key)


class TagFilter(LinkedFilter):
    title = _("tag")
    parameter_name = "tag"
    kind = Tally.Kind.TAG

    def rows(self, request):
        return tags_known_to(request.user)

    def links(self, key):
        return Tagging.objects.filter(tag=key)


class SeriesFilter(ChosenFilter):
    title = _("series")
    parameter_name = "series"

    def rows(self, request):
        if access.sees_all_posts(request.user):
            return Series.objects.all()
        return Series.objects.filter(posts__in=access.posts_at_desk_of(request.user)).distinct()

    def question(self, key):
        return {"series": key}


class YearFilter(admin.SimpleListFilter):
    """The years in which there may be posts, by the first and the last of them."""

    title = _("year")
    parameter_name = "year"

    def lookups(self, request, model_admin):
        return [(str(year), str(year)) for year in years()]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            start = datetime(int(self.value()), 1, 1, tzinfo=UTC)
            end = start.replace(year=start.year + 1)
            return queryset.filter(published_at__gte=start, published_at__lt=end)
        return queryset


def years() -> Iterator[int]:
    """From this or the newest post's year back to that of the oldest; of what is public."""
    dated = Post.objects.filter(published_at__lte=timezone.now())
    # Each from an end of the index; asked for both at once, SQLite reads all of it.
    moments = dated.values_list("published_at", flat=True)
    oldest = moments.order_by("published_at", "pk").first()
    newest = moments.order_by("-published_at", "-pk").first()
    if oldest and newest:
        yield from range(min(newest.year, 9998), oldest.year - 1, -1)
