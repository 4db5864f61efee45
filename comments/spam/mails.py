"""A corpus of mails, each made to look like a comment, to measure the filter on.

The author's name and address come from the sender, the text from the subject and the body; HTML
parts give their words and links. Nothing else of the mail is looked at.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from pathlib import Path

from comments.spam.markup import read_html
from comments.spam.sample import Sample

# The names of folders tell what lies in them.
GOOD_NAMES, SPAM_NAMES = ("ham", "good"), ("spam",)
SUFFIXES = {"", ".txt", ".eml"}
# Headers that say who sent a mail and with what, for the second row of the table.
ABOUT_AUTHOR = ("To", "Reply-To", "Return-Path", "X-Mailer", "User-Agent", "Content-Type")
PRESENT = ("In-Reply-To", "References", "List-Id", "X-Priority", "Organization", "Received")


@dataclass(frozen=True)
class Mail:
    path: Path
    is_spam: bool
    content: bytes

    @property
    def digest(self) -> str:
        return sha256(self.content).hexdigest()


def read_folder(folder: Path) -> list[Mail]:
    """Every mail below `folder` once; raises NotADirectoryError where there is no such folder."""
    if not folder.is_dir():
        raise NotADirectoryError(folder)
    mails: dict[str, Mail] = {}
    for path, is_spam in _files(folder):
        mail = Mail(path, is_spam, path.read_bytes())
        mails.setdefault(mail.digest, mail)
    return list(mails.values())


def as_comment(mail: Mail, with_headers: bool = False) -> Sample:
    message = message_from_bytes(mail.content)
    name, email = parseaddr(_decoded(message, "From"))
    texts, links = [_decoded(message, "Subject")], []
    for part in message.walk():
        if part.get_content_type() == "text/html":
            text, found = read_html(_text_of(part))
            texts.append(text)
            links.extend(found)
        elif part.get_content_maintype() == "text":
            texts.append(_text_of(part))
    return Sample(
        body="\n".join(texts),
        links=tuple(links),
        name=name,
        email=email,
        extras=tuple(_header_tokens(message)) if with_headers else (),
    )


def _files(folder: Path) -> Iterator[tuple[Path, bool]]:
    for path in sorted(folder.rglob("*")):
        kind = path.parent.name.casefold()
        if not path.is_file() or path.suffix not in SUFFIXES:
            continue
        if any(name in kind for name in GOOD_NAMES):
            yield path, False
        elif any(name in kind for name in SPAM_NAMES):
            yield path, True


def _decoded(message: Message, header: str) -> str:
    value = " ".join(str(message.get(header, "")).split())
    try:
        return str(make_header(decode_header(value)))
    except (LookupError, ValueError):  # spammers' encodings; UnicodeError is a ValueError
        return value


def _text_of(part: Message) -> str:
    data = part.get_payload(decode=True) or b""
    try:
        return data.decode(part.get_content_charset() or "latin-1")
    except (LookupError, ValueError):
        return data.decode("latin-1")


def _header_tokens(message: Message) -> Iterator[str]:
    for header in ABOUT_AUTHOR:
        words = _decoded(message, header).casefold().replace('"', " ").split()[:20]
        yield from (f"header:{header.lower()} {word[:60]}" for word in words)
    for header in PRESENT:
        count = min(len(message.get_all(header, [])), 8)
        yield f"header:{header.lower()} ×{count}"
