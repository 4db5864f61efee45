"""What holds for every request: a limit on its size, and headers on its answer."""

from http import HTTPStatus

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _

# `style-src` has no 'unsafe-inline': no page of ours holds a style or script of its own.
CONTENT_SECURITY_POLICY = "; ".join(
    [
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        # The click-to-load boxes, and nothing before the click.
        "frame-src https://www.youtube-nocookie.com https://player.vimeo.com"
        " https://speakerdeck.com",
    ]
)
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in ["camera", "geolocation", "microphone", "payment", "usb", "browsing-topics"]
)


def bounded_body(get_response):
    """Middleware: refuse a body over the limit before any of it is read or kept.

    A body without a length, sent in chunks, is never read: WSGI gives Django nothing of it.
    """

    def middleware(request):
        try:
            length = int(request.META.get("CONTENT_LENGTH") or 0)
        except ValueError:
            length = 0
        if length > settings.REQUEST_MAX_BYTES:
            most = settings.REQUEST_MAX_BYTES // 2**20
            message = _("This is too large; at most %(most)d MB are taken.") % {"most": most}
            return HttpResponse(
                message,
                status=HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
                content_type="text/plain; charset=utf-8",
            )
        return get_response(request)

    return middleware


def security_headers(get_response):
    """Middleware: the content policy and its like, unless a view set its own."""

    def middleware(request):
        response = get_response(request)
        response.headers.setdefault("Content-Security-Policy", CONTENT_SECURITY_POLICY)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS_POLICY)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response

    return middleware
