"""Pages that show one visitor something of their own must not be kept for others."""

from django.conf import settings
from django.utils.cache import patch_cache_control


def mark(request) -> None:
    """Say that the answer to `request` holds something personal."""
    request.is_personal = True


def member_of(request):
    """The user who is signed in; None for a guest.

    Without a session cookie nobody is: the session then stays unread, so that the answer does
    not vary by cookie and may be kept for everyone.
    """
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return request.user if request.user.is_authenticated else None


def private_answers(get_response):
    """Middleware: what is personal is kept by nobody, not even by the visitor's own browser."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "is_personal", False):
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
