"""Invitations at the desk. To delete one is to withdraw it."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts import roles
from accounts.forms import AddressField
from accounts.models import Invitation, User
from accounts.signing_up import inviting, policy
from blogsite.deskadmin import DeskAdmin


class InvitationForm(forms.ModelForm):
    class Meta:
        model = Invitation
        fields = ["email", "roles"]
        field_classes = {"email": AddressField}
        widgets = {"roles": forms.CheckboxSelectMultiple}

    def clean_email(self) -> str:
        email = self.cleaned_data["email"]
        if User.objects.with_address(email).exists():
            raise ValidationError(
                _("Somebody has an account with this address; give them roles among the people.")
            )
        return email

    def clean(self):
        if not self.instance.pk and policy.is_off():
            raise ValidationError(
                _("Nobody may make an account at present; the account settings say so.")
            )
        return super().clean()


@admin.register(Invitation)
class InvitationAdmin(DeskAdmin, admin.ModelAdmin):
    form = InvitationForm
    list_display = ["email", "role_names", "invited_by", "created_at", "accepted_at"]
    list_filter = [("accepted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["invited_by"]
    search_fields = ["email"]
    readonly_fields = ["invited_by", "created_at", "accepted_at"]
    fields = ["email", "roles", "invited_by", "created_at", "accepted_at"]
    actions = ["send_again"]

    def get_queryset(self, request):
        return super().get_queryset(request).prefetch_related("roles")

    def get_readonly_fields(self, request, obj=None):
        """The address stays: another one would get what was promised to the first."""
        return [*self.readonly_fields, "email"] if obj else self.readonly_fields

    def get_fields(self, request, obj=None):
        return self.fields if obj else ["email", "roles"]

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        kwargs["queryset"] = roles.giveable_by(request.user)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    # What an invitation promises may be more than who looks at it could give.

    def has_change_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return self.may_touch(request, obj) and super().has_delete_permission(request, obj)

    def may_touch(self, request, invitation) -> bool:
        if invitation is None:
            return True
        promised = {role.pk for role in invitation.roles.all()}
        offered = roles.giveable_by(request.user).filter(pk__in=promised)
        return invitation.accepted_at is None and len(offered) == len(promised)

    def get_actions(self, request):
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def save_model(self, request, obj, form, change):
        if not change:
            obj.invited_by = request.user
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        if not change:
            inviting.send(form.instance)

    @admin.action(description=_("Send the mail again"), permissions=["change"])
    def send_again(self, request, queryset):
        waiting = [each for each in queryset if self.may_touch(request, each)]
        for invitation in waiting:
            inviting.send(invitation)
        told = ngettext("%d mail waits.", "%d mails wait.", len(waiting)) % len(waiting)
        self.message_user(request, told, messages.SUCCESS if waiting else messages.WARNING)

    @admin.display(description=_("roles"))
    def role_names(self, invitation):
        return ", ".join(role.name for role in invitation.roles.all()) or "-"
