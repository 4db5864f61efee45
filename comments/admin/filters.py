"""Ways to narrow the queue."""

from django.contrib import admin
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin.values import fits
from comments import authors, reasons
from comments.models import Comment, Status
from posts.models import Post

LOOKED_THROUGH = 5000  # comments
LINK = "<a "  # how a link begins in `body_html`, and nothing else does


class StatusFilter(admin.SimpleListFilter):
    """Without a choice: what waits."""

    title = _("status")
    parameter_name = "status"
    template = "admin/comments/comment/_status_tabs.html"

    def lookups(self, request, model_admin):
        return [
            ("approved", _("Approved")),
            ("spam", _("Spam")),
            ("removed", _("Trash")),
            ("all", _("All")),
        ]

    def choices(self, changelist):
        """Each begins at its first page, and in its own order."""
        for value, label in [(None, _("Waiting")), *self.lookup_choices]:
            yield {
                "selected": self.value() == value,
                "query_string": changelist.get_query_string({"status": value}, ["o"]),
                "display": label,
            }

    def value(self):
        """One of the choices, or None for what waits."""
        value = super().value()
        return value if value in dict(self.lookup_choices) else None

    def queryset(self, request, queryset):
        if self.value() == "all":
            return queryset
        return queryset.filter(status=self.value() or Status.PENDING)


def among_first(queryset):
    """Among the first of the list only: of what is asked, no index knows.

    Such filters come after those that an index serves, so that these choose from all comments.
    """
    return queryset.filter(pk__in=queryset.values("pk")[:LOOKED_THROUGH])


class PersonFilter(admin.SimpleListFilter):
    title = _("who")
    parameter_name = "who"

    def lookups(self, request, model_admin):
        return [("member", _("Members")), ("guest", _("Guests"))]

    def queryset(self, request, queryset):
        if self.value() in dict(self.lookup_choices):
            return among_first(queryset).filter(member__isnull=self.value() == "guest")
        return queryset


class ScoreFilter(admin.SimpleListFilter):
    title = _("spam score")
    parameter_name = "likely"
    QUESTIONS = {
        "spam": Q(score__gte=0.9),
        "unsure": Q(score__gt=0.1, score__lt=0.9),
        "good": Q(score__lte=0.1),
        "unknown": Q(score=None),
    }

    def lookups(self, request, model_admin):
        return [
            ("spam", _("90 % and more")),
            ("unsure", _("Between")),
            ("good", _("10 % and less")),
            ("unknown", _("None")),
        ]

    def queryset(self, request, queryset):
        """The index knows the scores of each status. Of all comments the newest are asked."""
        if self.value() not in self.QUESTIONS:
            return queryset
        if request.GET.get("status") == "all":
            queryset = among_first(queryset.order_by("-pk"))
        return queryset.filter(self.QUESTIONS[self.value()])


class LinksFilter(admin.SimpleListFilter):
    title = _("links")
    parameter_name = "links"
    QUESTIONS = {
        "yes": Q(body_html__contains=LINK) | ~Q(site=""),
        "no": ~Q(body_html__contains=LINK) & Q(site=""),
    }

    def lookups(self, request, model_admin):
        return [("yes", _("With links")), ("no", _("Without"))]

    def queryset(self, request, queryset):
        if self.value() not in self.QUESTIONS:
            return queryset
        return among_first(queryset).filter(self.QUESTIONS[self.value()])


class ReasonFilter(admin.SimpleListFilter):
    title = _("reason")
    parameter_name = "reason"

    def lookups(self, request, model_admin):
        return list(reasons.SENTENCES.items())

    def queryset(self, request, queryset):
        if self.value() in reasons.SENTENCES:
            return queryset.filter(reason=self.value())
        return queryset


class ChosenFilter(admin.SimpleListFilter):
    """A filter that a link in a row sets: there are too many values to list them all."""

    def lookups(self, request, model_admin):
        value = self.used_parameters.get(self.parameter_name)
        label = self.label_of(value) if value else None
        return [(value, label)] if label else []

    def queryset(self, request, queryset):
        if self.lookup_choices:
            return queryset.filter(self.question(self.lookup_choices[0][0]))
        return queryset

    def value(self):
        return self.lookup_choices[0][0] if getattr(self, "lookup_choices", []) else None


class PostFilter(ChosenFilter):
    title = _("post")
    parameter_name = "post"

    def label_of(self, value):
        if not fits(Post._meta.pk, value):
            return None
        return Post.everything.filter(pk=value).values_list("title", flat=True).first()

    def question(self, value):
        return Q(post=value)


class AuthorFilter(ChosenFilter):
    """All by the same person as one comment, whose number is the value.

    No e-mail, which would end up in the history of browsers and in the logs of servers.
    """

    title = _("author")
    parameter_name = "author_of"

    def label_of(self, value):
        self.comment = None
        if fits(Comment._meta.pk, value):
            self.comment = Comment.objects.select_related("member").filter(pk=value).first()
        return self.comment and self.comment.shown_name

    def question(self, value):
        return authors.by_same_author(self.comment)
