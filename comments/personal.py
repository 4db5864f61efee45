"""Pages that show one visitor something of their own must not be kept for others."""

from django.utils.cache import patch_cache_control


def mark(request) -> None:
    """Say that the answer to `request` holds something personal."""
    request.is_personal = True


def private_answers(get_response):
    """Middleware: what is personal is kept by nobody, not even by the visitor's own browser."""

    def middleware(request):
        response = get_response(request)
        if getattr(request, "is_personal", False):
            del response["Cache-Control"]
            patch_cache_control(response, private=True, no_store=True)
        return response

    return middleware
