"""Pages with a form in them, for one visitor at one moment."""

from http import HTTPStatus

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blogsite.errors import RETRY_SECONDS
from comments import composing, guards, personal
from comments.forms import MemberForm
from comments.models import Comment
from posts.models import Post


def form_page(
    request, post: Post, form: MemberForm, status: HTTPStatus, parent: Comment | None = None, **more
):
    """The form by itself. `more` may hold message and preview_html."""
    context = composing.form_context(request, post, form, parent) | more
    context |= {"post": post, "heading": _("Your comment on %s") % post, "robots": "noindex"}
    return answer(request, "comments/write.html", context, status)


def closed_page(request, sentence: str, text: str, status: HTTPStatus, post: Post | None = None):
    """No form, but the reason why, and the text to be copied."""
    context = {"closed": sentence, "text": text, "post": post, "robots": "noindex"}
    context["heading"] = _("No comment was stored")
    return answer(request, "comments/write.html", context, status)


def answer(request, template: str, context: dict, status: HTTPStatus = HTTPStatus.OK):
    personal.mark(request)
    return render(request, template, context, status=status)


def later_page(request, form):
    """The form while nothing can be stored; made without asking the database anything.

    It is for a member if a member's form was sent: nobody can tell now who is signed in.
    """
    personal.mark(request)
    context = {
        "form": form,
        "form_address": request.path,
        "token": get_token(request) if guards.was_members_form(request) else "",
    }
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = HttpResponse(render_to_string("comments/write_later.html", context), status=status)
    response["Retry-After"] = RETRY_SECONDS
    return response
