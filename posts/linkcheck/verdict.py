"""What an answer of another site means for a link to it."""

from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from http import HTTPStatus

# The page may well be there, and only we not welcome, or not now.
UNSURE = {
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.PAYMENT_REQUIRED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.METHOD_NOT_ALLOWED,
    HTTPStatus.NOT_ACCEPTABLE,
    HTTPStatus.PROXY_AUTHENTICATION_REQUIRED,
    HTTPStatus.REQUEST_TIMEOUT,
    HTTPStatus.UNAVAILABLE_FOR_LEGAL_REASONS,
    HTTPStatus.TOO_EARLY,
    HTTPStatus.TOO_MANY_REQUESTS,
    999,  # what LinkedIn says to all but browsers
}
FINE = {HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE}  # an empty page, of which we asked for a part


class Word(StrEnum):
    FINE = "fine"
    FAILED = "failed"
    UNSURE = "unsure"


@dataclass(frozen=True)
class Verdict:
    word: Word
    status: int | None = None
    problem: str = ""
    rest: timedelta = timedelta(0)  # for which the site wants to be left alone

    @classmethod
    def of(cls, status: int, rest: timedelta = timedelta(0)) -> "Verdict":
        if status < HTTPStatus.BAD_REQUEST or status in FINE:
            return cls(Word.FINE, status)
        word = Word.FAILED
        if status in UNSURE or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
            word = Word.UNSURE
        return cls(word, status, phrase(status), rest)


def phrase(status: int) -> str:
    """A status in words, such as `404 Not Found`."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
