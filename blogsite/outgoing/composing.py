"""A mail as bytes, as RFC 5322 and MIME want it.

The header lines are written here and not by `email.policy`: that folds a long word, such as the
address in List-Unsubscribe, by encoding it, and then nobody finds the link.
"""

from email import policy
from email.header import Header
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr

from django.conf import settings

from blogsite.outgoing import addresses
from blogsite.outgoing.models import Message

LINE = 76  # characters; RFC 2047 allows encoded words in lines up to that
END = "\r\n"
MIME = policy.SMTP.clone(cte_type="7bit")  # every server takes that


def compose(message: Message) -> bytes:
    """The whole mail, lines ending in CRLF."""
    lines = {
        "From": mailbox(message.sender_name, sender()),
        "To": addresses.on_the_wire(message.to),
        "Subject": folded("Subject", message.subject),
        # When it was made, however long it waited.
        "Date": format_datetime(message.created_at),
        "Message-ID": message.message_id,
    } | {name: folded(name, value) for name, value in message.headers.items()}
    head = "".join(f"{name}: {value}{END}" for name, value in lines.items())
    return head.encode() + body(message)


def sender() -> str:
    """The site's own address, for the envelope and the From line."""
    return addresses.on_the_wire(parseaddr(settings.DEFAULT_FROM_EMAIL)[1])


def mailbox(name: str, address: str) -> str:
    name = name or addresses.one_line(parseaddr(settings.DEFAULT_FROM_EMAIL)[0])
    if not name:
        return address
    if name.isascii():
        quoted = name.replace("\\", r"\\").replace('"', r"\"")
        return f'"{quoted}" <{address}>'
    return f"{folded('From', name)} <{address}>"


def folded(name: str, value: str) -> str:
    """A header's value: broken at spaces only while it is ASCII, else in encoded words."""
    charset = "ascii" if value.isascii() else "utf-8"
    return Header(value, charset, LINE, name).encode(linesep=END)


def body(message: Message) -> bytes:
    """The MIME part with its own headers: the text, and the HTML as an alternative to it."""
    part = EmailMessage(policy=MIME)
    part.set_content(message.text, cte=encoding(message.text))
    if message.html:
        part.add_alternative(message.html, subtype="html", cte=encoding(message.html))
    return part.as_bytes()


def encoding(text: str) -> str | None:
    """Left to the library, but for plain text that stays readable to people and filters."""
    short = all(len(line) <= LINE for line in text.split("\n"))
    return "7bit" if text.isascii() and short else "quoted-printable"
