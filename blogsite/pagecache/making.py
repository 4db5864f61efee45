"""Having Django make an answer, and whether that may be kept."""

from collections.abc import Callable, Iterable
from datetime import UTC
from typing import NamedTuple

from blogsite.pagecache.counters import counters, slots_of
from blogsite.pagecache.declaring import DECLARATION, Declaration
from blogsite.pagecache.noting import Notes, end_of_day, noting
from blogsite.pagecache.pages import Headers, Origins, Page, words_of
from blogsite.pagecache.questions import Asked, own_host

# Those that stay what they are until something is edited. The others tell of this very moment.
LASTING = {200, 301, 302, 303, 307, 308, 404, 410}
NEVER = {"private", "no-store"}  # in Cache-Control
# That a page is not there may not hold for long. We are told when it ends, other caches are not: so
# no-store, on such an answer, is said to them.
ABSENT = {404, 410}
BY_ENCODING = "accept-encoding"


class Made(NamedTuple):
    """A page that may be kept; or `response`, as WSGI has it, and why that may not."""

    status: str
    headers: Headers
    page: Page | None = None
    response: Iterable[bytes] = ()
    reason: str = ""


def make(application: Callable, asked: Asked, environ: dict) -> Made:
    """What Django answers to a request of which it is shown no more than tells pages apart."""
    bare = bare_environ(asked, environ)
    started = []

    def start_response(status, headers, exc_info=None):
        started[:] = [status, headers]

    epoch = counters().epoch  # before anything is read
    with noting() as notes:
        response = application(bare, start_response)
        status, headers = int(started[0].split()[0]), started[1]
        reason = why_not_kept(status, headers, notes, bare.get(DECLARATION))
        if getattr(response, "streaming", False):
            reason = reason or "it is a stream"
        if reason:
            return Made(*started, response=response, reason=reason)
        body = b"".join(response)
        if hasattr(response, "close"):
            response.close()
    page = Page(status, headers, body, _origins(notes, epoch), asked.declaration.types)
    return Made(*started, page=page)


def _origins(notes: Notes, epoch: int) -> Origins:
    until = end_of_day(notes.until).astimezone(UTC).timestamp()
    return Origins(frozenset(notes.topics), slots_of(notes.topics), epoch, until)


def bare_environ(asked: Asked, environ: dict) -> dict:
    """A request for the page, and nothing else that a visitor sent.

    What is not part of the key cannot make a difference to the page, for Django never sees it.
    """
    key = asked.key
    return {name: value for name, value in environ.items() if name.startswith("wsgi.")} | {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": key.path,
        "QUERY_STRING": key.query,
        "SERVER_NAME": environ["SERVER_NAME"],
        "SERVER_PORT": environ["SERVER_PORT"],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "",
        "HTTP_HOST": own_host(),
        "wsgi.url_scheme": "https" if key.is_secure else "http",
    }


def why_not_kept(
    status: int, headers: Headers, notes: Notes, declaration: Declaration | None
) -> str | None:
    """Why an answer must not be kept; None where it may be. `declaration` is what its view said."""
    said = {name.lower(): value for name, value in headers}
    forbidden = NEVER & {*words_of(said.get("cache-control", ""))}
    if status in ABSENT:
        forbidden.discard("no-store")
    differs_by = {*words_of(said.get("vary", ""))} - {BY_ENCODING}
    if declaration and declaration.types:
        differs_by.discard("accept")
    reasons = {
        "its view did not answer": declaration is None,
        f"its status may pass ({status})": status not in LASTING,
        "it sets a cookie": "set-cookie" in said,
        f"it is not for all (Cache-Control: {', '.join(sorted(forbidden))})": forbidden,
        f"it differs by visitor (Vary: {', '.join(sorted(differs_by))})": differs_by,
        "it is packed already": "content-encoding" in said,
        f"nobody tells of changes in {', '.join(sorted(notes.unwatched))}": notes.unwatched,
    }
    return next((reason for reason, holds in reasons.items() if holds), None)
