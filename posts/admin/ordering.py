"""The parts of a series, put in order on its page."""

import re

from django import forms
from django.contrib import admin, messages
from django.utils.translation import gettext as _

from posts import series_order

FIELD = re.compile(r"part-([0-9]{1,18})")
NUMBER = re.compile(r"[0-9]{1,9}")


class Ordering(admin.ModelAdmin):
    """Mixin for the admin of series: a list with a number for each part, sent with the form.

    A script turns the numbers into buttons and handles.
    """

    change_form_template = "admin/posts/series_form.html"

    class Media:
        js = [forms.Script("js/desk/series-parts.js", type="module")]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        context["series_parts"] = list(series_order.parts_of(obj)) if obj else []
        context["can_order"] = self.may_order(request)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def may_order(self, request) -> bool:
        """Numbers are columns of posts."""
        return self.has_change_permission(request) and request.user.has_perm("posts.change_post")

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        keys = order_in(request.POST)
        if not change or not keys or not self.may_order(request):
            return
        if series_order.renumber(form.instance, keys, by=request.user):
            self.message_user(request, _("The parts have a new order."), messages.SUCCESS)


def order_in(data) -> list[int]:
    """The keys of the parts by the numbers that the form holds.

    Those with the same number stay in the order of the form; one without a number goes last.
    """
    asked = []
    for name, value in data.items():
        found = FIELD.fullmatch(name)
        if found:
            is_number = NUMBER.fullmatch(value.strip())
            asked.append((not is_number, int(value) if is_number else 0, int(found[1])))
    return [key for _last, _number, key in sorted(asked, key=lambda each: each[:2])]
