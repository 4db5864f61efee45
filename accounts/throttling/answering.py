"""The answer to somebody who must wait: 429 with `Retry-After`, and the form as it was."""

from http import HTTPStatus

from accounts.hashers import TooBusy
from accounts.throttling.asking import sentence
from blogsite import errors

BUSY_SECONDS = 5  # a crowd that signs in is through by then


def must_wait(request, seconds: int) -> str:
    """Let the answer to `request` say 429; gives the sentence for the form."""
    request.must_wait_seconds = seconds
    return sentence(seconds)


class Waiting:
    """Middleware: a form that was refused for being sent too often is no success.

    allauth's views show a form again with 200, whatever is wrong with it.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        seconds = getattr(request, "must_wait_seconds", 0)
        if seconds and response.status_code == HTTPStatus.OK:
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
            response["Retry-After"] = seconds
        return response

    def process_exception(self, request, exception):
        if isinstance(exception, TooBusy):
            return errors.busy(request, BUSY_SECONDS)
        return None
