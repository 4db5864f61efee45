"""What an author finds at the desk: their own posts, and of a draft what is theirs to say."""

from django.utils.translation import gettext_lazy as _

from posts import access
from posts.admin.publication import FACTS, PublicationAdmin

# When it appears, who is named, where it belongs and what machines are told is for editors.
FOR_AUTHORS = [
    (None, {"fields": ["title", "body"]}),
    (_("Publishing"), {"fields": ["moment", "slug", "tag_names", "summary"]}),
    (_("Cover picture"), {"fields": ["cover", "cover_alt"], "classes": ["collapse"]}),
    (_("Readers and search engines"), {"fields": ["language"], "classes": ["collapse"]}),
    (_("About this post"), {"fields": FACTS, "classes": ["collapse"]}),
]


class Authorship(PublicationAdmin):
    """The admin of posts for those who may change all of them, or only what they drafted."""

    def get_queryset(self, request):
        own = access.posts_at_desk_of(request.user)
        return own.select_related("deleted_by").order_by(*self.get_ordering(request))

    # --- Permissions ------------------------------------------------------------

    def has_view_permission(self, request, obj=None):
        if access.sees_all_posts(request.user):
            return True
        if obj is None:
            return access.writes_own_posts(request.user)
        return access.is_own(request.user, obj)

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) or owns(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) or owns(request.user, obj)

    def has_publish_permission(self, request):
        return access.may_publish(request.user)

    def has_restore_permission(self, request, obj=None):
        if obj is None:
            return self.has_delete_permission(request)
        return access.may_restore(request.user, obj)

    # --- The form ---------------------------------------------------------------

    def get_fieldsets(self, request, obj=None):
        if access.sees_all_posts(request.user):
            return super().get_fieldsets(request, obj)
        return FOR_AUTHORS if obj else FOR_AUTHORS[:-1]

    def get_inlines(self, request, obj):
        """Who is named, once somebody is: the author of a new post need not be told."""
        is_shown = obj or access.sees_all_posts(request.user)
        return super().get_inlines(request, obj) if is_shown else []

    def get_readonly_fields(self, request, obj=None):
        dates = [] if self.has_publish_permission(request) else ["published_at", "moment"]
        return [*super().get_readonly_fields(request, obj), *dates]

    def get_form(self, request, obj=None, change=False, **kwargs):
        kwargs["form"] = type("PostForm", (self.form,), {"user": request.user})
        return super().get_form(request, obj, change, **kwargs)


def owns(user, post) -> bool:
    """Whether `post`, or any post there may be, is the user's to change and to throw away."""
    return access.writes_own_posts(user) if post is None else access.is_own_draft(user, post)
