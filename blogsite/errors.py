"""Error pages in the site's own dress."""

from http import HTTPStatus

from django.http import HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request, exception=None):
    return error_page(request, HTTPStatus.BAD_REQUEST)


def permission_denied(request, exception=None):
    return error_page(request, HTTPStatus.FORBIDDEN)


def csrf_failure(request, reason=""):
    """A form that came without its proof of origin; Django logs the reason."""
    return error_page(request, HTTPStatus.FORBIDDEN)


def not_found(request, exception=None):
    return error_page(request, HTTPStatus.NOT_FOUND)


def gone(request):
    return error_page(request, HTTPStatus.GONE)


def error_page(request, status: HTTPStatus):
    response = render(request, f"errors/{status.value}.html", {"robots": "noindex"}, status=status)
    # An address may come to life at any moment, with the next scheduled post.
    response["Cache-Control"] = "no-store"
    return response


def server_error(request):
    """The last resort: no database, no context, nothing that could fail again."""
    return HttpResponse(
        render_to_string("errors/500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR
    )
