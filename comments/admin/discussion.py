"""Discussions: how long they are, and whether more may be said."""

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import path, reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from blogsite.deskadmin.values import fits
from comments import locking
from comments.admin.access import ForModerators
from comments.admin.buttons import one_of
from comments.models import Discussion
from posts import access
from posts.models import Post
from posts.models.publication import has_status, long_columns
from posts.search import find_at_desk

MOST_FOUND = 1000

LOCKED, UNLOCKED = _("The discussion is locked."), _("The discussion is open.")


def lockable_by(user):
    """Posts whose discussion `user` may lock; it then stands in the list with the post's title.

    So of what is not public only what the user may look at, and what stands there already.
    """
    looked_at = access.posts_at_desk_of(user).values("pk")
    return Post.everything.filter(
        has_status("published") | Q(pk__in=looked_at) | ~Q(discussion=None)
    )


class LockedFilter(admin.SimpleListFilter):
    title = _("locked")
    parameter_name = "locked"

    def lookups(self, request, model_admin):
        return [("yes", _("Locked")), ("no", _("Open"))]

    def queryset(self, request, queryset):
        if self.value() in {"yes", "no"}:
            return queryset.filter(locked_at__isnull=self.value() == "no")
        return queryset


class DiscussionList(ChangeList):
    """Rows chosen by their keys first: in one question with the posts, SQLite may begin with those."""

    def get_results(self, request):
        super().get_results(request)
        keys = list(self.result_list.values_list("pk", flat=True))
        rows = Discussion.objects.select_related("post").defer(*long_columns("post__"))
        found = rows.in_bulk(keys)
        self.result_list = [found[key] for key in keys if key in found]


@admin.register(Discussion)
class DiscussionAdmin(ForModerators, admin.ModelAdmin):
    list_display = ["post", "approved_count", "is_locked", "changed_at", "queue"]
    list_display_links = None
    list_filter = [LockedFilter]
    search_fields = ["post__title", "post__slug"]
    sortable_by = ["changed_at"]  # of the others there is no index
    ordering = ["-changed_at", "-pk"]
    list_per_page = 50
    list_max_show_all = 0
    actions = ["lock", "unlock"]
    fields = readonly_fields = ["post", "approved_count", "locked_at", "changed_at"]

    def get_changelist(self, request, **kwargs):
        return DiscussionList

    def get_search_results(self, request, queryset, search_term):
        """By the words of the posts."""
        found = find_at_desk(search_term, limit=MOST_FOUND) if search_term.strip() else None
        return queryset if found is None else queryset.filter(pk__in=found), False

    def get_urls(self):
        lock = path(
            "<path:object_id>/lock/", self.deed(self.lock_view), name="comments_discussion_lock"
        )
        return [lock, *super().get_urls()]

    def lock_view(self, request, object_id):
        """Lock or unlock from the page of a post, also before its first comment."""
        locked = one_of({"yes": True, "no": False}, request.POST.get("locked"))
        if not fits(Post._meta.pk, object_id):
            raise Http404
        post = get_object_or_404(lockable_by(request.user), pk=object_id)
        locking.set_locked([post.pk], locked, request.user)
        self.message_user(request, LOCKED if locked else UNLOCKED, messages.SUCCESS)
        return HttpResponseRedirect(reverse("admin:posts_post_change", args=[post.pk]))

    def get_object(self, request, object_id, from_field=None):
        """Its key is a post's, and Django does not check the range of a key of others."""
        if not fits(Post._meta.pk, object_id):
            return None
        return super().get_object(request, object_id, from_field)

    def has_change_permission(self, request, obj=None):
        return False

    @admin.action(description=_("Lock"), permissions=["moderate"])
    def lock(self, request, queryset):
        self.set_locked(request, queryset, True)

    @admin.action(description=_("Unlock"), permissions=["moderate"])
    def unlock(self, request, queryset):
        self.set_locked(request, queryset, False)

    def set_locked(self, request, queryset, locked):
        count = locking.set_locked(
            list(queryset.values_list("pk", flat=True)), locked, request.user
        )
        if locked:
            told = ngettext("%d discussion locked.", "%d discussions locked.", count)
        else:
            told = ngettext("%d discussion unlocked.", "%d discussions unlocked.", count)
        self.message_user(request, told % count, messages.SUCCESS)

    @admin.display(description=_("locked"), boolean=True)
    def is_locked(self, discussion):
        return bool(discussion.locked_at)

    @admin.display(description=_("queue"))
    def queue(self, discussion):
        url = reverse("admin:comments_comment_changelist")
        text = _("All comments here")
        return format_html('<a href="{}?status=all&amp;post={}">{}</a>', url, discussion.pk, text)
