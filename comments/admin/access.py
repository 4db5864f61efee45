"""Who sees the rooms of the moderators."""

from functools import wraps

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.views.decorators.http import require_POST

from blogsite.deskadmin import DeskAdmin
from comments.models import MODERATE


class ForModerators(DeskAdmin):
    """Mixin: one permission opens all rooms; nothing is added or deleted by Django's own forms."""

    # Either would count all rows for each page of a few.
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER

    def has_module_permission(self, request):
        return request.user.has_perm(MODERATE)

    def has_view_permission(self, request, obj=None):
        return request.user.has_perm(MODERATE)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm(MODERATE)

    def has_moderate_permission(self, request):
        """For `permissions=["moderate"]` of an action."""
        return request.user.has_perm(MODERATE)

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def deed(self, view):
        """`view`, for a moderator's POST only."""

        @wraps(view)
        def checked(request, *args, **kwargs):
            if not request.user.has_perm(MODERATE):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return self.admin_site.admin_view(require_POST(checked))
