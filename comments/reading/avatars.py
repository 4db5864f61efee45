"""Small pictures of people; for those without one, drawn from their names: nothing is asked of anybody.

From the name alone. A digest of an e-mail would let anyone test whose it is.
"""

import unicodedata
from functools import lru_cache
from hashlib import sha256

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

TONES = 12  # classes `avatar-tone-0` and so on in the style sheet
# Each in a square of 40: quiet shapes behind the letters.
PATTERNS = [
    mark_safe(path)
    for path in (
        "M0 40L40 0V40Z",
        "M0 0H20V40H0Z",
        "M0 20A20 20 0 0 1 40 20V40H0Z",
        "M20 0A20 20 0 0 1 20 40A20 20 0 0 1 20 0Z",
        "M0 0H20V20H0ZM20 20H40V40H20Z",
        "M0 0L40 40H0ZM40 0V20L20 0Z",
        "M0 10H40V18H0ZM0 26H40V34H0Z",
        "M20 2L38 20L20 38L2 20Z",
    )
]


def avatar(name: str, picture=None) -> SafeString:
    """The stored `picture` of somebody called `name`, or else one that is drawn from the name."""
    if picture:
        return format_html(
            '<img class="avatar" src="{}" alt="" width="40" height="40" loading="lazy">',
            picture.url,
        )
    return drawn(name)


@lru_cache(maxsize=1_000)
def drawn(name: str) -> SafeString:
    """The initials of `name` before a shape; the same name always gives the same picture."""
    digest = sha256(plain(name).encode("utf-8", "replace")).digest()
    return format_html(
        '<svg class="avatar avatar-tone-{}" viewBox="0 0 40 40" width="40" height="40"'
        ' aria-hidden="true" focusable="false">'
        '<path class="avatar-shape" d="{}"></path>'
        '<text class="avatar-letters" x="20" y="20" text-anchor="middle"'
        ' dominant-baseline="central">{}</text></svg>',
        digest[0] % TONES,
        PATTERNS[digest[1] % len(PATTERNS)],
        initials(name),
    )


def plain(name: str) -> str:
    return unicodedata.normalize("NFKC", name).casefold().strip()


def initials(name: str) -> str:
    """The first letter of the first and of the last word: `AL`; one word gives one letter."""
    words = [letters for word in name.split() if (letters := letters_of(word))]
    chosen = [words[0], words[-1]] if len(words) > 1 else words
    return "".join(word[0] for word in chosen).upper()


def letters_of(word: str) -> str:
    """The letters and digits of `word`; marks that need a letter before them are left out."""
    return "".join(letter for letter in word if letter.isalnum())
