"""E-mail addresses and header values that are safe to put into a mail."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

MAX_ADDRESS = 254  # RFC 5321 4.5.3.1.3, without the brackets
MAX_LOCAL_PART = 64  # bytes; RFC 5321 4.5.3.1.1
MAX_VALUE = 5000  # characters of a header; readers of mail cut them much earlier
HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,70}")
# RFC 6531 lets any letters stand where RFC 5321 has ASCII only.
FOREIGN_LOCAL_PART = re.compile(r"[^\s\x00-\x20\x7f()<>\[\]:;@\\,\"]+")
# What makes the mail a mail is ours to write.
OURS = {"bcc", "cc", "date", "from", "mime-version", "received", "return-path", "sender"} | {
    "subject",
    "to",
}


def checked(address: str) -> str:
    """The address, if mail could be sent to it; ValueError if not."""
    local, at, domain = address.rpartition("@")
    if not at or len(address) > MAX_ADDRESS or unprintable(address):
        raise ValueError(f"Not an e-mail address: {address!r}")
    try:
        # A foreign local part is checked by us, and the rest of the address as always.
        validate_email(f"{local if local.isascii() else 'x'}@{domain}")
        ascii_domain(domain)
    except (ValidationError, UnicodeError) as error:
        raise ValueError(f"Not an e-mail address: {address!r}") from error
    if not local.isascii() and not FOREIGN_LOCAL_PART.fullmatch(local):
        raise ValueError(f"Not an e-mail address: {address!r}")
    if len(local.encode()) > MAX_LOCAL_PART:
        raise ValueError(f"Not an e-mail address: {address!r}")
    return address


def ascii_domain(domain: str) -> str:
    """The domain as the network knows it; UnicodeError where it can have no such name."""
    return domain if domain.isascii() else domain.encode("idna").decode("ascii")


def on_the_wire(address: str) -> str:
    local, _, domain = address.rpartition("@")
    return f"{local}@{ascii_domain(domain)}"


def checked_headers(headers: dict[str, str]) -> dict[str, str]:
    """The headers, each value in one line; ValueError for a name that is none, or is ours."""
    for name in headers:
        mine = name.lower() in OURS or name.lower().startswith("content-")
        if mine or not HEADER_NAME.fullmatch(name):
            raise ValueError(f"Not a header to be set: {name!r}")
    return {name: one_line(str(value)) for name, value in headers.items()}


def one_line(value: str) -> str:
    """`value` without anything that could end a header line or hide in it."""
    visible = "".join(" " if unprintable(char) else char for char in value)
    return " ".join(visible.split())[:MAX_VALUE]


def unprintable(text: str) -> bool:
    """Whether it holds control characters, line separators or halves of characters."""
    return any(unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"} for char in text)


def body_text(text: str) -> str:
    """`text` with plain line ends, and only what a database and a mail can hold."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    return text.encode("utf-8", "replace").decode()
