from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from blogsite.deskadmin import DeskAdmin

POWERS = ["is_staff", "is_superuser", "groups", "user_permissions"]

admin.site.unregister(Group)


@admin.register(Group)
class PowersAdmin(DeskAdmin, GroupAdmin):
    """Django's own, with the manners of the others."""


class NewUserForm(AdminUserCreationForm):
    """A person who signs in, or an author who does not: then without e-mail and password."""

    class Meta:
        model = User
        fields = ["display_name", "email"]

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("email") and not cleaned.get("display_name"):
            self.add_error("display_name", _("Give a name or an e-mail."))
        return cleaned


class UserForm(UserChangeForm):
    class Meta:
        model = User
        fields = "__all__"


@admin.register(User)
class PeopleAdmin(DeskAdmin, UserAdmin):
    form = UserForm
    add_form = NewUserForm
    ordering = ["display_name", "handle"]
    list_display = ["name", "email", "handle", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["display_name", "handle", "email"]
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Shown to readers"), {"fields": ["display_name", "handle", "bio", "links"]}),
        (_("May do"), {"fields": ["is_active", *POWERS], "classes": ["collapse"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["display_name", "email", "usable_password", "password1", "password2"]},
        ),
    ]

    # Who may edit people could otherwise make themselves, or take over, an administrator.

    def get_readonly_fields(self, request, obj=None):
        powers = [] if request.user.is_superuser else POWERS
        return [*self.readonly_fields, *powers]

    def has_change_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_delete_permission(request, obj)

    def may_touch(self, request, obj) -> bool:
        """Whether `obj` is somebody whom this user could not gain rights through."""
        if obj is None or request.user.is_superuser or obj == request.user:
            return True
        return not obj.is_superuser and not obj.is_staff

    def get_actions(self, request):
        """Deleting many at once asks for nobody in particular, so it is for administrators."""
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            actions.pop("delete_selected", None)
        return actions
