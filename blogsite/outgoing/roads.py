"""The ways a mail can leave, and the ways that can go wrong."""

import sys
from collections.abc import Callable

from django.conf import settings

from blogsite.outgoing.composing import compose
from blogsite.outgoing.models import Message


class Refused(Exception):
    """The server will never take this mail."""


class NotNow(Exception):
    """The server did not take it this time; nothing has left."""


class NoAnswer(Exception):
    """The whole mail has left, and the server's answer never came."""


# Called right before the last byte leaves: the moment that cannot be taken back.
BeforeLastByte = Callable[[], None]


def send(message: Message, before_last_byte: BeforeLastByte) -> None:
    """Hand the mail over. Raises Refused, NotNow or NoAnswer, or OSError before anything left."""
    ROADS[settings.MAIL_ROAD](message, before_last_byte)


def to_folder(message: Message, before_last_byte: BeforeLastByte) -> None:
    from blogsite.outgoing.folder import write

    # No last byte: the file is there or not, and written twice it is the same file.
    write(message, compose(message))


def to_server(message: Message, before_last_byte: BeforeLastByte) -> None:
    from blogsite.outgoing.smtp import hand_over

    hand_over(message, before_last_byte)


def to_terminal(message: Message, before_last_byte: BeforeLastByte) -> None:
    before_last_byte()
    print(f"{compose(message).decode()}\n{'-' * 79}", flush=True)  # for people, so not by the log
    sys.stdout.flush()


def nowhere(message: Message, before_last_byte: BeforeLastByte) -> None:
    """For a copy of a site that must not write to anybody."""


ROADS = {
    "folder": to_folder,
    "server": to_server,
    "terminal": to_terminal,
    "nowhere": nowhere,
}
