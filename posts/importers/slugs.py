"""Slugs as the addresses of this site take them: letters and digits of any script, - and _."""

import re
import unicodedata

MAX_LENGTH = 190  # a number still fits behind it
SPOKEN = {"+": " plus ", "#": " sharp ", "&": " and "}  # C++ and C# are not C


def make_slug(text: str, max_length: int = MAX_LENGTH) -> str:
    """`text` with everything that no slug may have turned into hyphens; case is kept."""
    text = unicodedata.normalize("NFC", text).strip().strip("/").rpartition("/")[2]
    return re.sub(r"[^\w-]+|-{2,}", "-", text).strip("-")[:max_length].strip("-")


def make_word_slug(name: str, max_length: int = 90) -> str:
    """A slug for the name of a tag or series: in lower case, signs that matter spelt out."""
    name = name.lstrip("#")
    for sign, spoken in SPOKEN.items():
        name = name.replace(sign, spoken)
    return make_slug(" ".join(name.lower().replace("/", " ").split()), max_length)


def numbered(slug: str, is_free) -> str:
    """`slug`, or the first of slug-2, slug-3, … for which `is_free(slug)`."""
    candidate, number = slug, 1
    while not is_free(candidate):
        number += 1
        candidate = f"{slug}-{number}"
    return candidate
