"""Nothing that somebody typed is lost while the database or the disk fails."""

import logging
from http import HTTPStatus

from django.http import HttpResponse
from django.middleware.csrf import get_token
from django.template.loader import render_to_string

from blogsite import errors, personal
from comments.writing import guards

logger = logging.getLogger(__name__)


class KeepsText:
    """Mixin: while nothing can be stored, POST answers with the form and what was typed.

    A view gives `take`, which does the work; `form_to_keep` and `form_template`, which ask the
    database nothing.
    """

    form_template = ""

    def post(self, request, **kwargs):
        personal.mark(request)
        try:
            return self.take(**kwargs)
        except Exception as error:
            if not errors.will_pass(error):
                raise
            logger.exception("A comment could not be stored.")
            return self.answer_later()

    def answer_later(self):
        was_members = guards.was_members_form(self.request)
        context = {
            "form": self.form_to_keep(),
            "form_template": self.form_template,
            "form_address": self.request.path,
            "token": get_token(self.request) if was_members else "",
        }
        page = render_to_string("comments/write_later.html", context)
        response = HttpResponse(page, status=HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = errors.RETRY_SECONDS
        return response
