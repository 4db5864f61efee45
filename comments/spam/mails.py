"""A corpus of mails, each made to look like a comment, to measure the filter on.

The author's name and address come from the sender, the text from the subject and the body; HTML
parts give their words and links. Nothing else of the mail is looked at.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parseaddr
from hashlib import sha256
from itertools import islice
from pathlib import Path

from comments.spam.markup import read_html
from comments.spam.sample import Sample

# The names of folders tell what lies in them.
GOOD_NAMES, SPAM_NAMES = ("ham", "good"), ("spam",)
SUFFIXES = {"", ".txt", ".eml"}
HEADER_WORD = re.compile(r"[^\s<>()\[\];:,\"=@]{2,60}")
MAX_HEADER_WORDS = 600


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
        extras=tuple(islice(_header_tokens(message), MAX_HEADER_WORDS)) if with_headers else (),
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
    """The words of every header that is no part of a comment; those of the route as well."""
    for header, value in message.items():
        if header.lower() not in {"from", "subject"}:
            yield f"header:{header.lower()[:40]}"
            words = HEADER_WORD.findall(str(value).casefold())
            yield from (f"header:{header.lower()[:40]} {word}" for word in words)
