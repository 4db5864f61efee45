from html import unescape

from django.utils.html import strip_tags


def plain_text(html: str) -> str:
    """The words of `html` that our renderer made, on one line, without markup."""
    return " ".join(unescape(strip_tags(html)).split())
