from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.giving import UserForm
from accounts.models import User
from accounts.second_step import desk  # noqa: F401  the settings of accounts
from accounts.signing_up import admin as invitations  # noqa: F401
from blogsite.deskadmin import DeskAdmin

PERMISSIONS = ["is_staff", "is_superuser", "groups", "user_permissions"]

admin.site.unregister(Group)
# Rows that hold secrets, or would let whoever may edit people take an account over: they are
# changed by their owners at /account/, and by commands.
for model in [EmailAddress, Authenticator, UserSession, SocialAccount, SocialApp, SocialToken]:
    if admin.site.is_registered(model):
        admin.site.unregister(model)


@admin.register(Group)
class DeskGroupAdmin(DeskAdmin, GroupAdmin):
    """Django's own, with the manners of the others; no role has anything to do here."""


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


@admin.register(User)
class PeopleAdmin(DeskAdmin, UserAdmin):
    form = UserForm
    add_form = NewUserForm
    ordering = ["display_name", "handle"]
    list_display = ["name", "email", "handle", "is_staff", "is_active"]
    list_filter = ["is_staff", "is_active", "groups"]
    search_fields = ["display_name", "handle", "email"]
    sortable_by = ["email", "handle"]  # of the others there is no index
    readonly_fields = ["last_login", "date_joined"]
    fieldsets = [
        (None, {"fields": ["email", "password"]}),
        (_("Shown to readers"), {"fields": ["display_name", "handle", "bio", "links"]}),
        (_("May do"), {"fields": ["is_active", "roles"]}),
        (_("Dates"), {"fields": ["last_login", "date_joined"], "classes": ["collapse"]}),
    ]
    add_fieldsets = [
        (
            None,
            {"fields": ["display_name", "email", "usable_password", "password1", "password2"]},
        ),
    ]

    def get_fieldsets(self, request, obj=None):
        """Permissions one by one only for superusers: whoever gives them could give any to themselves."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or not request.user.is_superuser:
            return fieldsets
        return [
            *fieldsets,
            (_("Single permissions"), {"fields": PERMISSIONS, "classes": ["collapse"]}),
        ]

    def get_form(self, request, obj=None, **kwargs):
        if obj is not None:
            kwargs["form"] = type("UserForm", (self.form,), {"giver": request.user})
        return super().get_form(request, obj, **kwargs)

    def get_object(self, request, object_id, from_field=None):
        """One's own account only for whoever has just said who they are, as below /account/.

        Else a session that was left open would be enough to change the e-mail and the password.
        """
        person = super().get_object(request, object_id, from_field)
        if person == request.user:
            raise_if_reauthentication_required(request, app="allauth.account")
        return person

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if change:
            form.change_roles()

    @admin.display(description=_("roles"))
    def roles(self, person):
        return ", ".join(str(roles.ROLES[name][0]) for name in roles.of(person)) or "-"

    # Who may edit people could otherwise take over an administrator.

    def has_change_permission(self, request, obj=None):
        return may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return may_touch(request, obj) and super().has_delete_permission(request, obj)

    def get_actions(self, request):
        """Deleting many at once asks for nobody in particular, so it is for superusers."""
        actions = super().get_actions(request)
        if not request.user.is_superuser:
            actions.pop("delete_selected", None)
        return actions


def may_touch(request, person) -> bool:
    return person is None or roles.may_touch(request.user, person)
