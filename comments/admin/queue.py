"""The queue: comments as they come in, read like mail."""

from django.contrib import admin, messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.views.main import ORDER_VAR, PAGE_VAR, ChangeList
from django.db import models
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin.values import fits
from comments import moderation, reasons, searching
from comments.admin import filters
from comments.admin.access import ForModerators
from comments.admin.buttons import PATIENCE, seen_on, tell, undo_url
from comments.admin.deeds import Deeds
from comments.admin.editing import Editing
from comments.admin.rows import for_queue, rows_of
from comments.models import Comment, Status

NARROWING = ["who", "likely", "links", "reason", "post", "author_of"]


class Queue(ChangeList):
    """One page of rows, with all they show in a fixed number of queries."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.title = _("Comments")

    def get_results(self, request):
        # Before the rows are read: what changes later is not on the page.
        self.seen = timezone.now()
        super().get_results(request)
        # By their keys first: a late page skips over many rows, in an index and not in the table.
        keys = list(self.result_list.values_list("pk", flat=True))
        found = for_queue(Comment.objects.filter(pk__in=keys)).in_bulk()
        self.rows = rows_of(found[key] for key in keys if key in found)
        self.result_list = [row.comment for row in self.rows]

    def get_ordering(self, request, queryset):
        """As an index has it. Django adds the usual order, by which each score would be sorted."""
        column = super().get_ordering(request, queryset)[0]
        sign = "-" if column.startswith("-") else ""
        if request.GET.get("status") == "all":
            return ["-pk"] if column.endswith("score") else [f"{sign}pk"]
        return [column, f"{sign}pk"]

    @property
    def is_narrowed(self) -> bool:
        """Whether a filter beyond the status is on."""
        return any(name in self.params for name in NARROWING)

    @property
    def orders(self) -> list[dict]:
        """Ways to sort the list: by the columns of `list_display`."""
        usual = {"created_at": "1", "-score": "-2"}.get(self.queryset.query.order_by[0], "-1")
        names = {"1": _("Oldest first"), "-1": _("Newest first")}
        if self.params.get("status") != "all":
            names["-2"] = _("Likeliest spam first")
        return [
            {
                "display": name,
                "query_string": self.get_query_string({ORDER_VAR: order}, [PAGE_VAR]),
                "selected": self.params.get(ORDER_VAR, usual) == order,
            }
            for order, name in names.items()
        ]

    @property
    def newest(self) -> int:
        """The newest comment of all; later ones nobody has seen on this page."""
        return Comment.objects.aggregate(newest=Max("pk"))["newest"] or 0


@admin.register(Comment)
class CommentAdmin(Deeds, Editing, ForModerators, admin.ModelAdmin):
    change_list_template = "admin/comments/comment/queue.html"
    list_display = ["created_at", "score"]  # what the list can be sorted by
    list_filter = [
        filters.StatusFilter,
        filters.ReasonFilter,
        filters.PostFilter,
        filters.AuthorFilter,
        filters.ScoreFilter,
        filters.PersonFilter,
        filters.LinksFilter,
    ]
    search_fields = ["name", "email", "site", "body", "member__display_name", "member__email"]
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    list_per_page = 30
    list_max_show_all = 0
    actions = ["approve_marked", "spam_marked", "remove_marked", "hold_marked"]

    def get_changelist(self, request, **kwargs):
        return Queue

    def get_ordering(self, request):
        """What waits longest comes first; of what is decided, what came last.

        So nobody waits forever, and what comes in while a moderator works joins at the end and
        moves no row under their hands. The others are looked through for something recent. All
        together go by their keys, which are an index, and nearly in the order of time. Where a score
        is asked for, that is the order of the index.
        """
        status = request.GET.get("status")
        if status == "all":
            return ["-pk"]
        if request.GET.get("likely") in filters.ScoreFilter.QUESTIONS:
            return ["-score", "-pk"]
        decided = {Status.APPROVED, Status.SPAM, Status.REMOVED}
        return ["-created_at", "-pk"] if status in decided else ["created_at", "pk"]

    def get_search_results(self, request, queryset, search_term):
        return searching.matching(queryset, search_term), False

    # --- Many at once ---------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        """Django would ask for a marked row also where the whole list is meant."""
        if request.POST.get("select_across") == "1":
            request.POST = request.POST.copy()
            request.POST.setdefault(ACTION_CHECKBOX_NAME, "0")
        return super().changelist_view(request, extra_context)

    @admin.action(description=_("Approve"), permissions=["moderate"])
    def approve_marked(self, request, queryset):
        self.decide_about(request, queryset, Status.APPROVED)

    @admin.action(description=_("Spam"), permissions=["moderate"])
    def spam_marked(self, request, queryset):
        self.decide_about(request, queryset, Status.SPAM)

    @admin.action(description=_("Trash"), permissions=["moderate"])
    def remove_marked(self, request, queryset):
        self.decide_about(request, queryset, Status.REMOVED)

    @admin.action(description=_("Wait"), permissions=["moderate"])
    def hold_marked(self, request, queryset):
        self.decide_about(request, queryset, Status.PENDING, reason=reasons.HELD_BY_HAND)

    def decide_about(self, request, queryset, status, **how):
        newest = request.POST.get("newest", "")
        if fits(Comment._meta.pk, newest):
            # What came after the page was made nobody has read.
            queryset = queryset.filter(pk__lte=newest)
        seen = seen_on(request)
        deed = moderation.decide_about_all(
            queryset, status, request.user, PATIENCE, seen=seen, **how
        )
        unread = (
            queryset.filter(edited_at__gt=seen).exclude(status=status) if seen else queryset.none()
        )
        if status == Status.APPROVED and unread.exists():
            told = gettext("What its author changed after this page was made is not approved.")
            self.message_user(request, told, messages.WARNING)
        elif not deed.count:
            self.message_user(request, gettext("It was so already."), messages.INFO)
        if not deed.count:
            return
        told = ngettext(
            "%(count)d comment: %(status)s.", "%(count)d comments: %(status)s.", deed.count
        ) % {"count": deed.count, "status": Status(status).label}
        if not deed.is_whole:
            told += " " + gettext("There are more. Press the button again for the rest.")
        tell(request, told, undo_url(batch=deed.batch))
