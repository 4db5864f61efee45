"""Uploaded pictures made safe and small: their kind by content, upright, in sRGB, re-encoded.

Knows no row of any app: bytes come in, and files to keep come out.
"""

from blogsite.pictures.limits import ImageRefused

__all__ = ["ImageRefused"]
