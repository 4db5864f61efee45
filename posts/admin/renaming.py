"""Telling what becomes of an address when a slug changes, and which addresses there were."""

from django.contrib import admin, messages
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from blogsite.stored import stored_value
from posts import access, redirects, trash
from posts.models import Redirect
from posts.models.redirect import as_asked

MOST_SHOWN = 20


class Renaming:
    """Mixin for everything with a slug; the models keep the addresses, this says so.

    No ModelAdmin itself: standing before DeskAdmin, it would put Django's class before that.
    """

    def save_model(self, request, obj, form, change):
        old_slug = stored_value(obj, "slug") if change else None
        other = leads_elsewhere(obj, request.user)
        super().save_model(request, obj, form, change)
        if other:
            told = _("Until now %(path)s led to “%(name)s”. From now on it shows this.")
            told %= {"path": as_asked(obj.get_absolute_url()), "name": other}
            self.message_user(request, told, messages.WARNING)
        if old_slug and old_slug != obj.slug and trash.was_public(obj):
            told = _("The old address %(path)s keeps working: it leads to the new one.")
            told %= {"path": as_asked(obj.path_for(old_slug))}
            self.message_user(request, told, messages.INFO)

    def get_object(self, request, object_id, from_field=None):
        """With who asks: not everybody may forget an address."""
        thing = super().get_object(request, object_id, from_field)
        if thing:
            thing.asked_by = request.user
        return thing

    @admin.display(description=gettext_lazy("former addresses"))
    def former_addresses(self, thing):
        if not thing.pk:
            return "-"
        former = Redirect.objects.filter(**of(thing)).order_by("-created_at", "-pk")
        rows = list(former[: MOST_SHOWN + 1])
        if not rows:
            return _("None")
        row_of = with_way_out if may_forget(thing) else without
        listed = format_html_join("", "<li>{} {}</li>", map(row_of, rows[:MOST_SHOWN]))
        more = format_html("<li>{}</li>", _("and more")) if len(rows) > MOST_SHOWN else ""
        return format_html('<ul class="desk-former">{}{}</ul>', listed, more)


def may_forget(thing) -> bool:
    asked_by = getattr(thing, "asked_by", None)
    return bool(asked_by) and asked_by.has_perm("posts.delete_redirect")


def with_way_out(redirect) -> tuple:
    """The address, and a link to the page that asks before it is forgotten."""
    label = _("Forget %(path)s") % {"path": redirect.path}
    url = reverse("admin:posts_redirect_delete", args=[redirect.pk])
    return redirect.path, format_html(
        '<a href="{}" aria-label="{}">{}</a>', url, label, _("Forget")
    )


def without(redirect) -> tuple:
    return redirect.path, ""


def of(thing) -> dict:
    return {name: target for name, target in redirects.targets(thing).items() if target}


def leads_elsewhere(thing, user):
    """What the address that `thing` is about to have leads to until now, if not to itself.

    Nothing for what is not public: its name is not for every author.
    """
    former = Redirect.objects.filter(path=as_asked(thing.get_absolute_url()))
    redirect = former.select_related("post", "page", "tag", "series").first()
    target = redirect.target if redirect else None
    if target is None or target == thing:
        return None
    return target if trash.was_public(target) or access.sees_all_posts(user) else None
