"""Roles on the page of a person at the desk: one box each, with a sentence on what it means."""

from django import forms
from django.contrib.auth.forms import UserChangeForm
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import roles
from accounts.models import User


class UserForm(UserChangeForm):
    """A person, and the roles that `giver` may give; the admin makes a form for each request."""

    giver = None
    roles = forms.MultipleChoiceField(
        label=_("Roles"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = User
        fields = "__all__"

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        offered = set(roles.giveable_by(self.giver).values_list("name", flat=True))
        self.held = [name for name in roles.of(self.instance) if name in offered]
        self.fields["roles"].choices = [
            (name, described(name)) for name in roles.ROLES if name in offered
        ]
        self.initial["roles"] = self.held

    def change_roles(self) -> None:
        """Give and take what was ticked and unticked; other roles stay as they are."""
        wanted = self.cleaned_data["roles"]
        for name, _text in self.fields["roles"].choices:
            if name in wanted and name not in self.held:
                roles.give(self.instance, name, by=self.giver)
            if name in self.held and name not in wanted:
                roles.take(self.instance, name, by=self.giver)


def described(name: str) -> str:
    title, sentence = roles.ROLES[name]
    return format_html("<strong>{}</strong> {}", title, sentence)
