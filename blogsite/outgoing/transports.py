"""The ways a mail can leave."""

from collections.abc import Callable

from django.conf import settings

from blogsite.outgoing import folder, smtp
from blogsite.outgoing.composing import compose
from blogsite.outgoing.models import Message


def send(message: Message, before_last_byte: Callable[[], None]) -> None:
    """Hand the mail over, calling `before_last_byte` at the moment that cannot be taken back.

    Raises one of `outcomes`, or OSError before anything left.
    """
    TRANSPORTS[settings.MAIL_TRANSPORT](message, before_last_byte)


def to_folder(message: Message, before_last_byte: Callable[[], None]) -> None:
    # No last byte: the file is there or not, and written twice it is the same file.
    folder.write(message, compose(message))


def to_terminal(message: Message, before_last_byte: Callable[[], None]) -> None:
    before_last_byte()
    print(f"{compose(message).decode()}\n{'-' * 79}", flush=True)  # for people, so not by the log


def nowhere(message: Message, before_last_byte: Callable[[], None]) -> None:
    """For a copy of a site that must not write to anybody."""


TRANSPORTS = {
    "folder": to_folder,
    "server": smtp.hand_over,
    "terminal": to_terminal,
    "nowhere": nowhere,
}
