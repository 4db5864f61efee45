"""From a row at the desk to its address on the site."""

from django.contrib.admin import AdminSite
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpResponseRedirect
from django.utils.translation import gettext as _

from blogsite.deskadmin.values import fits


def lead_to_site(site: AdminSite, request, content_type_id: str, object_id: str):
    """The redirect behind "View on site", for who may look at the row.

    Django's own leads everybody at the desk to every row there is, and an address is made from the
    title: it would name the drafts of others to whoever counts through their keys.
    """
    row = find_row(site, request, content_type_id, unquote(object_id))
    if row is None or not hasattr(row, "get_absolute_url"):
        raise Http404(_("There is no such page."))
    return HttpResponseRedirect(row.get_absolute_url())


def find_row(site: AdminSite, request, content_type_id: str, object_id: str):
    """The row, as far as the admin of its model shows it to who asks; or None."""
    if not fits(ContentType._meta.pk, content_type_id):
        return None
    kind = ContentType.objects.filter(pk=content_type_id).first()
    model = kind.model_class() if kind else None
    if model is None or not site.is_registered(model):
        return None
    room = site.get_model_admin(model)
    row = room.get_object(request, object_id)
    return row if row is not None and room.has_view_permission(request, row) else None
