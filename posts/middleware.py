"""Old addresses answer where the thing went."""

from http import HTTPStatus

from django.http import HttpResponsePermanentRedirect

from blogsite import errors
from posts import redirects, twins


def former_addresses(get_response):
    """Middleware: turn a 404 into 301 or 410 where the address is a former one.

    What lives at an address now always wins over what lived there once.
    """

    def middleware(request):
        response = get_response(request)
        if response.status_code != HTTPStatus.NOT_FOUND:
            return response
        if request.method not in {"GET", "HEAD"}:
            return response
        answer = answer_for(request.path)
        if answer is None:
            return response
        if answer.is_gone:
            return errors.gone(request)
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(answer.location + (f"?{query}" if query else ""))

    return middleware


def answer_for(path: str):
    """The answer for `path`, written with or without its last slash."""
    if "\0" in path:  # never an address, and PostgreSQL would refuse the question
        return None
    other = path.rstrip("/") if path.endswith("/") else f"{path}/"
    found = redirects.find(path) or (redirects.find(other) if other else None)
    return found or twins.find_former(path)
