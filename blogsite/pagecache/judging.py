"""Which answers may be kept, and as what."""

from datetime import UTC
from typing import NamedTuple

from blogsite.pagecache.counters import slots_of
from blogsite.pagecache.declaring import Declaration
from blogsite.pagecache.noting import Notes, end_of_day
from blogsite.pagecache.pages import Headers, Origins, Page, words_of

# Those that stay what they are until something is edited. The others tell of this very moment.
LASTING = {200, 301, 302, 303, 307, 308, 404, 410}
NEVER = {"private", "no-store"}  # in Cache-Control
# That a page is not there may not hold for long. We are told when it ends, other caches are not: so
# no-store, on such an answer, is said to them.
ABSENT = {404, 410}
BY_ENCODING = "accept-encoding"


class Answer(NamedTuple):
    """What Django said, and from what it was made; `epoch` is that before it was made."""

    status: int
    headers: Headers
    body: bytes
    notes: Notes
    epoch: int


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


def page_of(answer: Answer, declaration: Declaration) -> Page:
    topics = frozenset(answer.notes.topics)
    until = end_of_day(answer.notes.until).astimezone(UTC).timestamp()
    origins = Origins(topics, slots_of(topics), answer.epoch, until)
    return Page(answer.status, answer.headers, answer.body, origins, declaration.types)
