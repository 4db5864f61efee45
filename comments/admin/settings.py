"""The part of the site's settings that is about comments."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from comments.models import CommentSettings

LINE_MAX_LENGTH = 254  # an e-mail has no more characters


class CommentSettingsForm(forms.ModelForm):
    def clean_blocked_words(self):
        return checked_lines(self.cleaned_data["blocked_words"], lambda line: True)

    def clean_blocked_addresses(self):
        return checked_lines(self.cleaned_data["blocked_addresses"], is_address_or_domain)

    def clean(self):
        cleaned = super().clean()
        held, refused = cleaned.get("rate_held"), cleaned.get("rate_refused")
        if held and refused and refused < held:
            self.add_error(
                "rate_refused", _("This must not be less than the number above which they wait.")
            )
        return cleaned


def checked_lines(text: str, is_right) -> str:
    """`text` with one thing a line; ValidationError names the first line that is wrong."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    for line in lines:
        if len(line) > LINE_MAX_LENGTH or not is_right(line):
            raise ValidationError(
                _("This line cannot be understood: %(line)s"), params={"line": line[:60]}
            )
    return "\n".join(lines)


def is_address_or_domain(line: str) -> bool:
    name, _at, domain = line.rpartition("@")
    return "." in domain and not any(mark in line for mark in " /:,;") and "@" not in name


class CommentSettingsInline(admin.StackedInline):
    """Always one form: what was never saved shows the defaults."""

    model = CommentSettings
    form = CommentSettingsForm
    template = "admin/comments/_settings.html"
    can_delete = False
    min_num = max_num = 1
    extra = 0
    fieldsets = [
        (None, {"fields": ["policy", "order", "closing_days"]}),
        (
            _("What waits or is refused"),
            {
                "fields": [
                    "max_links",
                    "blocked_words",
                    "blocked_addresses",
                    "blocked_networks",
                    "rate_held",
                    "rate_refused",
                ]
            },
        ),
        (
            _("Mail about comments"),
            {"fields": ["mails_an_hour", "mails_a_day", "moderator_mails_an_hour"]},
        ),
        (_("Privacy"), {"fields": ["keep_addresses_days", "akismet_key"]}),
    ]

    # Whoever may change the settings of the site may change all of them.

    def has_view_permission(self, request, obj=None):
        user = request.user
        return user.has_perm("posts.view_sitesettings") or self.has_change_permission(request, obj)

    def has_change_permission(self, request, obj=None):
        return request.user.has_perm("posts.change_sitesettings")

    def has_add_permission(self, request, obj=None):
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        return False
