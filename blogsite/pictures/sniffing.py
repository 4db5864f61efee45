"""What kind of file an upload is, by its first bytes; name and claimed type count for nothing."""

import re

from django.utils.translation import gettext as _

from blogsite.pictures.limits import ImageRefused

SIGNATURES = [
    ("JPEG", re.compile(rb"\xff\xd8\xff")),
    ("PNG", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("GIF", re.compile(rb"GIF8[79]a")),
    ("WEBP", re.compile(rb"RIFF.{4}WEBP", re.DOTALL)),
    ("AVIF", re.compile(rb".{4}ftypavi[fs]", re.DOTALL)),
]
OTHERS = [
    ("HEIC", re.compile(rb".{4}ftyp(hei|hev|mif1|msf1)", re.DOTALL)),
    ("BMP", re.compile(rb"BM")),
    ("TIFF", re.compile(rb"II\*\0|MM\0\*")),
    ("ICO", re.compile(rb"\0\0[\x01\x02]\0")),
    ("PDF", re.compile(rb"%PDF-")),
]
SVG = re.compile(rb"<svg[\s>]|<!DOCTYPE svg", re.IGNORECASE)


def kind_of(data: bytes) -> str:
    """The picture format of `data`, as Pillow calls it; raises ImageRefused for any other."""
    if not data:
        raise ImageRefused(_("The file is empty."))
    for kind, signature in SIGNATURES:
        if signature.match(data):
            return kind
    if SVG.search(data[:4096]):
        raise ImageRefused(
            _("SVG pictures can carry programs, so they are not taken. Please export it as PNG.")
        )
    for kind, signature in OTHERS:
        if signature.match(data):
            raise ImageRefused(
                _("%(kind)s files are not taken. Please save it as JPEG, PNG, GIF, WebP or AVIF."),
                params={"kind": kind},
            )
    raise ImageRefused(_("This is not a picture. Please use JPEG, PNG, GIF, WebP or AVIF."))
