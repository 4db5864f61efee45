"""The characters of a file whose bytes may be of another encoding than it says, or of several."""

import codecs
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

BYTES_AT_ONCE = 256 * 1024
SAMPLE_BYTES = 64 * 1024
BYTE_ORDER_MARKS = [
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
]
DECLARED = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
# Encodings of text that exports name; Python knows others, some of them costly or no encodings.
OTHERS = re.compile(
    r"(iso-?8859-?([2-9]|1[0-6])|windows-?125[0134-8]|cp125[0134-8]|koi8-[ru]|shift_jis|euc-jp"
    r"|euc-kr|gb2312|gbk|gb18030|big5)\Z",
    re.IGNORECASE,
)
# What XML allows in no document: control characters, and two that are no characters.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LENIENT = "blogsite-windows-1252"


def text_of(path: Path) -> Iterator[str]:
    """`path` in pieces, as characters that XML allows."""
    with path.open("rb") as stream:
        yield from decoded(stream)


def decoded(stream: BinaryIO) -> Iterator[str]:
    sample = stream.read(SAMPLE_BYTES)
    mark, encoding = encoding_of(sample)
    errors = LENIENT if encoding == "utf-8" else "replace"
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    # Like an XML parser: \r\n and \r are \n.
    lines = io.IncrementalNewlineDecoder(decoder, translate=True)
    data = sample[len(mark) :]
    while data:
        yield FORBIDDEN.sub("", lines.decode(data))
        data = stream.read(BYTES_AT_ONCE)
    yield FORBIDDEN.sub("", lines.decode(b"", final=True))


def as_windows_1252(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are nearly always what a text pasted from Windows left."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


def encoding_of(sample: bytes) -> tuple[bytes, str]:
    """The mark that begins the file, and its encoding as far as its first bytes tell.

    UTF-8 unless something else is certain: read leniently, it covers ASCII, Latin-1 and mixtures.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if sample.startswith(mark):
            return mark, encoding
    if sample.startswith((b"<\0", b"\0<")):
        return b"", "utf-16-le" if sample.startswith(b"<") else "utf-16-be"
    found = DECLARED.search(sample[:1000])
    declared = found[1].decode("ascii") if found else ""
    if OTHERS.match(declared) and not is_utf8(sample):
        return b"", declared
    return b"", "utf-8"


def is_utf8(sample: bytes) -> bool:
    """Whether `sample`, perhaps cut in a character, has characters beyond ASCII, all in UTF-8."""
    if sample.isascii():
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True


codecs.register_error(LENIENT, as_windows_1252)
