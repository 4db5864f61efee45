"""Pages with a form in them, for one visitor at one moment."""

from http import HTTPStatus

from django.http import HttpResponseRedirect
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils.translation import gettext as _

from blogsite import personal
from comments.models import Comment
from comments.writing import composing
from comments.writing.forms import MemberForm
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
    context["heading"] = _("Nothing was stored")
    return answer(request, "comments/write.html", context, status)


def own_page(request, template: str, context: dict, status: HTTPStatus = HTTPStatus.OK):
    """A page about a comment of one's own. `context` holds comment and heading."""
    context |= {"form_address": request.path, "robots": "noindex"}
    context["token"] = get_token(request) if personal.member_of(request) else ""
    return answer(request, template, context, status)


def answer(request, template: str, context: dict, status: HTTPStatus):
    personal.mark(request)
    return render(request, template, context, status=status)


def see(address: str):
    """The answer to a POST that did what it should: look there now."""
    response = HttpResponseRedirect(address)
    response.status_code = HTTPStatus.SEE_OTHER
    return response
