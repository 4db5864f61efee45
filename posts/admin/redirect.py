from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from blogsite.deskadmin import DeskAdmin
from posts.models import Redirect
from posts.models.publication import long_columns


@admin.register(Redirect)
class RedirectAdmin(DeskAdmin, admin.ModelAdmin):
    list_display = ["path", "leads_to", "created_at"]
    list_filter = ["gone"]
    list_select_related = ["post", "page", "tag", "series", "author"]
    search_fields = ["path", "to_path"]
    sortable_by = ["path"]  # of the others there is no index
    autocomplete_fields = ["post", "page", "tag", "series", "author"]
    fields = ["path", "post", "page", "tag", "series", "author", "to_path", "gone"]

    list_per_page = 50

    def get_queryset(self, request):
        long = [*long_columns("post__"), *long_columns("page__")]
        return super().get_queryset(request).defer(*long)

    def get_readonly_fields(self, request, obj=None):
        """Choosing a person means looking through them all."""
        return [] if request.user.has_perm("accounts.view_user") else ["author"]

    @admin.display(description=_("leads to"))
    def leads_to(self, redirect):
        if redirect.gone:
            return _("gone")
        return redirect.to_path or str(redirect.target)
