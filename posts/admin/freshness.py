"""At the desk: what a post was tried with, what replaces it, and whether it still holds."""

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from posts import freshness
from posts.models import Post, SiteSettings


class FreshForm(forms.ModelForm):
    """Mixin for the form of a post."""

    def clean_tested_with(self):
        return freshness.tidy_versions(self.cleaned_data["tested_with"])

    def clean_superseded_by(self):
        newer = self.cleaned_data["superseded_by"]
        if newer and newer.pk == self.instance.pk:
            raise ValidationError(_("A post cannot replace itself."))
        if newer and freshness.leads_back(self.instance, newer):
            raise ValidationError(
                _("That post is itself replaced by this one: readers would go in circles.")
            )
        return newer


class DueFilter(admin.SimpleListFilter):
    """Published posts that somebody should check."""

    title = _("freshness")
    parameter_name = "due"

    def lookups(self, request, model_admin):
        return [("now", _("Due for review"))]

    def queryset(self, request, queryset):
        if self.value() == "now":
            return queryset.published().filter(freshness.is_due())
        return queryset


class Freshness:
    """Mixin for the admin of posts: “Reviewed today”, for one post and for many."""

    def save_model(self, request, obj, form, change):
        form.reviewed = "_reviewed" in request.POST and obj.is_published
        if form.reviewed:
            freshness.note_review(obj)
        super().save_model(request, obj, form, change)

    def text_saved(self, request, form, change):
        super().text_saved(request, form, change)
        if form.reviewed:
            freshness.record(form.instance, request.user)
            told = _("Noted: somebody has checked today that all of it still holds.")
            self.message_user(request, told, messages.SUCCESS)

    def get_actions(self, request):
        actions = super().get_actions(request)
        if actions and self.has_change_permission(request):
            actions["mark_reviewed"] = self.get_action("mark_reviewed")
        return actions

    @admin.action(description=_("Reviewed today"))
    def mark_reviewed(self, request, queryset):
        posts = queryset.published().order_by("pk")
        mine = [post for post in posts if self.has_change_permission(request, post)]
        for post in mine:
            freshness.mark_reviewed(post, request.user)
        told = ngettext("%d post noted as checked.", "%d posts noted as checked.", len(mine))
        self.message_user(request, told % len(mine), messages.SUCCESS)

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if isinstance(obj, Post) and obj.is_published:
            months = SiteSettings.load().stale_after_months
            is_late = bool(obj.review_by) and obj.review_by <= freshness.today()
            stale = not obj.review_by and obj.is_stale(months)
            context["freshness"] = {"is_due": is_late or stale}
        return super().render_change_form(request, context, add, change, form_url, obj)
