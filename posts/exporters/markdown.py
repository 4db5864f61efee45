"""One post as a Markdown file: front matter that Hugo reads, then the body byte for byte.

The front matter begins with a line `---` and ends with the next line `---`; whatever follows that
line's end is the body, to the last byte. Nothing is put between them and nothing after. Every value
is a double-quoted string, a plain `true`, a whole number, or a list of strings in brackets, one key
a line, so that the head can never hold a line `---` of its own.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from posts.models import Post

# What a YAML reader takes for the end of a line or for nothing at all.
UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")


def markdown_of(post: Post) -> bytes:
    """The file, in UTF-8."""
    head = "".join(f"{name}: {written(value)}\n" for name, value in fields_of(post))
    return f"---\n{head}---\n{post.body}".encode()


def fields_of(post: Post) -> Iterator[tuple[str, object]]:
    """Name and value of each field that says something, in the order of the file."""
    said = {
        "title": post.title,
        "slug": post.slug,
        "date": post.published_at,
        "draft": not post.published_at,
        "lastmod": post.updated_at,
        "expiryDate": post.expires_at,
        "summary": post.summary,
        "authors": [author.name for author in post.author_list],
        "tags": [tag.name for tag in post.tag_list],
        "series": post.series.title if post.series else "",
        "series_order": post.series_part,
        "cover": post.cover.url if post.cover else "",
        "cover_alt": post.cover_alt if post.cover else "",
        "language": post.language,
        "canonical_url": post.canonical_url,
        "noindex": post.noindex,
        "evergreen": post.evergreen,
        "tested_with": post.tested_with,
    }
    yield from ((name, value) for name, value in said.items() if value not in ("", None, False, []))
    yield "comments", post.comments_open
    yield "guid", post.guid


def written(value) -> str:
    """`value` in YAML, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, list):
        return f"[{', '.join(map(quoted, value))}]"
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return quoted(value)


def quoted(text: str) -> str:
    """A string of JSON is one of YAML too, but for a few signs that YAML wants written out."""
    plain = json.dumps(text, ensure_ascii=False)
    return UNSAFE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", plain)
