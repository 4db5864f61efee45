"""Tags of the admin's own pages."""

from datetime import timedelta

from django import template
from django.contrib import admin
from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from posts import attention
from posts.models import Post, SiteSettings

register = template.Library()

TYPED = {"title", "body"}  # the fields of a quick draft that show


@register.filter
def ago(moment) -> str:
    """How long ago `moment` was, in words."""
    if timezone.now() - moment < timedelta(minutes=1):
        return _("just now")
    return _("%(age)s ago") % {"age": timesince(moment)}


@register.simple_tag
def site_settings() -> SiteSettings:
    """The settings of the site: on the sign-in page Django puts another thing under `site`."""
    return SiteSettings.load()


@register.simple_tag
def needs_attention(user) -> dict:
    """What an editor or author may want to go on with; see `posts.attention`."""
    return attention.waiting_for(user)


@register.simple_tag
def unsaved_texts(user):
    """What somebody typed and never saved."""
    return attention.unsaved_by(user)


@register.inclusion_tag("admin/start/_quick_draft.html", takes_context=True)
def quick_draft(context):
    """The form of a new post with only its title and text to see, for who may write one.

    It is the form of the page that adds a post, and that page answers it: what is not typed here
    is sent as that page would offer it.
    """
    request = context["request"]
    room = admin.site.get_model_admin(Post)
    if not room.has_add_permission(request):
        return {"may_write": False}
    form = room.get_form(request)(auto_id="quick-%s")
    return {
        "may_write": True,
        "title": form["title"],
        "body": form["body"],
        "hidden": [field.as_hidden() for field in form if field.name not in TYPED],
        "prefixes": [each.get_default_prefix() for each in formsets(room, request)],
        "csrf_token": context.get("csrf_token"),
    }


def formsets(room, request) -> list:
    """The kinds of rows that hang on a new post; a quick draft comes with none of them."""
    return [kind for kind, _inline in room.get_formsets_with_inlines(request)]
