"""The trash as one page at the desk: all kinds of things, who threw them away, and why."""

from functools import partial

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from blogsite.desk import Desk
from posts import access
from posts.models import Image, Page, Post
from posts.trash.kinds import KINDS, Entry, Kind
from posts.views.public import numbered_page

A_PAGE = 50


def trash_view(request):
    """One kind at a time, page by page; `?kind=` says which."""
    kinds = {kind.name: kind for kind in KINDS if kind.rows_for(request.user) is not None}
    if not kinds:
        raise PermissionDenied
    kind = kinds.get(request.GET.get("kind", "")) or next(iter(kinds.values()))
    page = numbered_page(request, kind.rows_for(request.user), A_PAGE)
    context = admin.site.each_context(request) | {
        "title": _("Trash"),
        "kinds": kinds.values(),
        "kind": kind,
        "page": page,
        "entries": kind.entries(list(page), request.user),
    }
    return TemplateResponse(request, "admin/posts/trash.html", context)


def posts_for(user):
    if not (access.sees_all_posts(user) or access.writes_own_posts(user)):
        return None
    return latest(access.posts_at_desk_of(user).trashed().without_text())


def pages_for(user):
    may_look = user.has_perm("posts.view_page") or user.has_perm("posts.change_page")
    return latest(Page.everything.trashed().without_text()) if may_look else None


def pictures_for(user):
    if not (access.sees_all_images(user) or user.has_perm("posts.add_image")):
        return None
    return latest(access.all_images_at_desk_of(user).trashed())


def latest(rows):
    return rows.select_related("deleted_by").order_by("-deleted_at", "-pk")


def entries_of(model, rows, user) -> list[Entry]:
    return [entry_of(model._meta.model_name, row, user) for row in rows]


def entry_of(name: str, row, user) -> Entry:
    may_restore = may_restore_one(name, row, user)
    may_remove = may_restore and access.may_remove_for_good(user)
    return Entry(
        name=str(row),
        address=reverse(f"admin:posts_{name}_change", args=[row.pk]),
        when=row.deleted_at,
        who=row.deleted_by.name if row.deleted_by else "",
        why=row.deleted_why,
        restore=reverse(f"admin:posts_{name}_restore", args=[row.pk]) if may_restore else "",
        remove=reverse(f"admin:posts_{name}_remove", args=[row.pk]) if may_remove else "",
    )


def may_restore_one(name: str, row, user) -> bool:
    if user.has_perm(f"posts.delete_{name}"):
        return True
    # Of what they see here the rest is the author's own: a draft comes back, a date does not.
    return name == "post" and not row.published_at and access.writes_own_posts(user)


KINDS += [
    Kind("post", _("Posts"), posts_for, partial(entries_of, Post)),
    Kind("page", _("Pages"), pages_for, partial(entries_of, Page)),
    Kind("image", _("Pictures"), pictures_for, partial(entries_of, Image)),
]
Desk.pages.append(("trash/", trash_view, "trash"))
