"""What holds for every request: a limit on its size, and headers on its answer."""

from django.conf import settings
from django.contrib.auth.signals import user_logged_out
from django.dispatch import receiver
from django.http import HttpResponseNotAllowed
from django.utils.cache import patch_cache_control

from blogsite import errors
from blogsite.headers import CLEAR_SITE_DATA, for_every_answer

METHODS = ["GET", "HEAD", "POST", "OPTIONS"]


def bounded_body(get_response):
    """Middleware: refuse a body over the limit before any of it is read or kept.

    One that was sent without its length has been measured on its way here; see blogsite.gateway.
    """

    def middleware(request):
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.REQUEST_MAX_BYTES:
            return errors.too_large(request, settings.REQUEST_MAX_BYTES // 2**20)
        return get_response(request)

    return middleware


def known_methods(get_response):
    """Middleware: refuse every method that no page has, whatever a view would make of it."""

    def middleware(request):
        if request.method not in METHODS:
            return HttpResponseNotAllowed(METHODS)
        return get_response(request)

    return middleware


def security_headers(get_response):
    """Middleware: the content policy and its like, unless a view set its own.

    The first of all, so that an answer of any other carries them as well: a refused host, the
    redirect to https, a static file. And whatever sets a cookie is for that visitor alone: Django
    takes away the cookie of a session that is over, and gives one for a token that is none, with
    any page.
    """
    headers = for_every_answer()

    def middleware(request):
        response = get_response(request)
        for name, value in headers.items():
            response.headers.setdefault(name, value)
        if response.cookies:
            patch_cache_control(response, private=True)
        if getattr(request, "signed_out", False):
            response.headers["Clear-Site-Data"] = CLEAR_SITE_DATA
        return response

    return middleware


@receiver(user_logged_out)
def remember_signing_out(sender, request, **kwargs):
    """The answer to `request` is to tell the browser to forget what it kept of our pages."""
    if request is not None:
        request.signed_out = True
