"""Error pages in the site's own dress."""

import errno
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from blogsite.pagecache import keep
from blogsite.pagecache.declaring import ANYTHING

RETRY_SECONDS = 30  # a backup or another writer that holds the database is mostly done by then


def bad_request(request, exception=None):
    return error_page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request, exception=None):
    return error_page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request, reason=""):
    """A form that came without its proof of origin; Django logs the reason."""
    return error_page(request, HTTPStatus.FORBIDDEN)


@keep(except_with=[ANYTHING])  # old addresses take their query along
def not_found(request, exception=None):
    return error_page(request, HTTPStatus.NOT_FOUND)


def gone(request):
    return error_page(request, HTTPStatus.GONE)


def too_large(request, most: int):
    """More was sent than the `most` MB that are taken."""
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    if "text/html" in request.headers.get("Accept", ""):
        return error_page(request, status, most=most)
    return HttpResponse(
        _("This is too large; at most %(most)d MB are taken.") % {"most": most},
        status=status,
        content_type="text/plain; charset=utf-8",
    )


def too_many(request, seconds: int = 60, sentence: str = ""):
    """Something was asked for too often; `sentence` may say it better."""
    response = error_page(request, HTTPStatus.TOO_MANY_REQUESTS, sentence=sentence)
    response["Retry-After"] = seconds
    return response


def busy(request, seconds: int):
    """So many ask for something costly at once that this one has to come again."""
    response = error_page(request, HTTPStatus.SERVICE_UNAVAILABLE)
    response["Retry-After"] = seconds
    return response


def read_only(request, seconds: int):
    """Something was sent while the site takes nothing; see blogsite.readonly."""
    context = {"robots": "noindex"}
    status = HTTPStatus.SERVICE_UNAVAILABLE
    response = render(request, "errors/read_only.jinja", context, status=status)
    response["Cache-Control"] = "no-store"
    response["Retry-After"] = seconds
    return response


def error_page(request, status: HTTPStatus, **more):
    context = {"robots": "noindex"} | more
    kind = "html" if status == HTTPStatus.SERVICE_UNAVAILABLE else "jinja"
    response = render(request, f"errors/{status.value}.{kind}", context, status=status)
    # An address may come to life at any moment, with the next scheduled post.
    response["Cache-Control"] = "no-store"
    return response


def server_error(request):
    """The last resort: no database, no context, nothing that could fail again.

    A database or disk that is locked, full or away comes back, so that is a 503.
    """
    passing = will_pass(sys.exception())
    status = HTTPStatus.SERVICE_UNAVAILABLE if passing else HTTPStatus.INTERNAL_SERVER_ERROR
    response = HttpResponse(render_to_string(f"errors/{status.value}.html"), status=status)
    response["Cache-Control"] = "no-store"
    if passing:
        response["Retry-After"] = RETRY_SECONDS
    return response


def will_pass(error: BaseException | None) -> bool:
    """Whether `error` comes from the machine and not from the request or our code."""
    if isinstance(error, OSError):
        return error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE}
    return isinstance(error, OperationalError | InterfaceError)
