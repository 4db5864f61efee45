"""What the buttons of the moderators send, and how they are answered."""

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import BadRequest, ValidationError
from django.http import HttpResponseRedirect, JsonResponse, QueryDict
from django.template.loader import render_to_string
from django.urls import reverse

from blogsite.deskadmin.values import typed
from comments.models import Comment

# Seconds for one click; tens of thousands take several, rather than one that a proxy cuts off.
PATIENCE = 20
MAX_BACK = 2000  # characters; longer ones no list of ours makes


def answer(request, told: str, undo: dict | None = None, level=messages.SUCCESS):
    """Say what was done: as JSON to our script, else on the page that the button was on.

    `undo` says what takes it back, in the words of `Deeds.undo_view`.
    """
    back = undo_url(**undo) if undo else ""
    if wants_json(request):
        failed = level >= messages.WARNING
        return JsonResponse({"told": str(told), "undo": back, "failed": failed})
    tell(request, told, back, level)
    return HttpResponseRedirect(way_back(request))


def seen_on(request) -> datetime | None:
    """Up to when the words on the page with the button were read; None where it does not say."""
    try:
        return typed(Comment._meta.get_field("edited_at"), request.POST.get("seen", ""))
    except ValidationError:
        return None


def wants_json(request) -> bool:
    """Whether our script asks, and stays on its page."""
    return request.headers.get("Accept") == "application/json"


def undo_url(**what) -> str:
    return f"{reverse('admin:comments_undo')}?{urlencode(what)}"


def tell(request, told: str, undo: str = "", level=messages.SUCCESS) -> None:
    """Leave a message for the next page, with a button that calls the address `undo`."""
    if undo:
        told = render_to_string("admin/comments/_told.html", {"told": told, "undo": undo})
    messages.add_message(request, level, told)


def way_back(request) -> str:
    """The address of the page that the button was on: a comment's own, or the list as it was."""
    back = request.POST.get("back", "")
    if back.isascii() and back.isdecimal() and len(back) < MAX_BACK:
        return reverse("admin:comments_comment_change", args=[int(back)])
    query = QueryDict(back[:MAX_BACK]).urlencode()
    row = request.GET.get("row", "")
    place = f"#row-{row}" if row.isdecimal() and len(row) < 4 else ""
    return f"{reverse('admin:comments_comment_changelist')}?{query}{place}"


def one_of(choices: dict, name):
    """The choice called `name`; what no button sends is a bad request."""
    if name not in choices:
        raise BadRequest
    return choices[name]
