"""Slugs as the addresses of this site take them: letters and digits of any script, - and _."""

import re
import unicodedata

from posts.slugs import spelt_out

MAX_LENGTH = 190  # a number still fits behind it


def make_slug(text: str, max_length: int = MAX_LENGTH) -> str:
    """`text` with everything that no slug may have turned into hyphens; case is kept."""
    text = unicodedata.normalize("NFC", text).strip().strip("/").rpartition("/")[2]
    return re.sub(r"[^\w-]+|-{2,}", "-", text).strip("-")[:max_length].strip("-")


def make_word_slug(name: str, max_length: int = 90) -> str:
    """A slug for the name of a tag or series: in lower case, signs that matter spelt out."""
    return make_slug(" ".join(spelt_out(name).lower().replace("/", " ").split()), max_length)
