"""Nothing that somebody typed is lost while the database or the disk fails."""

import logging
from http import HTTPStatus

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from blogsite import errors, personal
from blogsite.readonly import middleware as readonly
from comments.writing import guards

logger = logging.getLogger(__name__)


class KeepsText:
    """Mixin: while nothing can be stored, POST answers with the form and what was typed.

    A view gives `take`, which does the work; `form_to_keep` and `form_template`, which ask the
    database nothing.
    """

    form_template = ""
    keeps_what_is_sent = True  # also while the site is read-only

    def post(self, request, **kwargs):
        personal.mark(request)
        if readonly.is_refused(request):
            return self.answer_later(readonly.sentence(), readonly.RETRY_SECONDS)
        try:
            return self.take(**kwargs)
        except Exception as error:
            if not errors.will_pass(error):
                raise
            logger.exception("A comment could not be stored.")
            return self.answer_later()

    def answer_later(self, why: str = "", seconds: int = errors.RETRY_SECONDS):
        was_members = guards.was_members_form(self.request)
        context = {
            "why": why,
            "form": self.form_to_keep(),
            "form_template": self.form_template,
            "form_address": self.request.path,
            "token": get_token(self.request) if was_members else "",
        }
        page = render_to_string("comments/write_later.html", context)
        response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = seconds
        return response
