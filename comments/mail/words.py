"""What people wrote, made fit for a mail."""

from django.utils.text import Truncator

from blogsite.outgoing import addresses
from comments.models import Comment
from posts.models import Post
from posts.rendering import plain_text

NAME_LENGTH = 60  # characters of a name or a title in one line of a mail
EXCERPT_LENGTH = 300
# These reorder the words around them, so that a line seems to say what nobody wrote.
TURNING = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


def one_line(text: str, most: int = NAME_LENGTH) -> str:
    """`text` without line breaks and what hides or turns words, cut to `most` characters."""
    straight = "".join(char for char in text if char not in TURNING)
    return Truncator(addresses.one_line(straight)).chars(most)


def name_of(comment: Comment) -> str:
    return one_line(comment.shown_name)


def title_of(post: Post) -> str:
    return one_line(str(post), 100)


def quoted(comment: Comment, most: int | None = None) -> str:
    """The text as its author typed it, each line marked as theirs, so that none passes for ours.

    With `most` it is cut to so many characters.
    """
    text = comment.body if comment.body_format == Comment.Format.MARKDOWN else as_text(comment)
    text = Truncator(text).chars(most) if most else text
    lines = [
        "".join(char for char in line if char == "\t" or is_printable(char))
        for line in text.splitlines()
    ]
    return "\n".join(f"> {line}".rstrip() for line in "\n".join(lines).strip("\n").split("\n"))


def is_printable(char: str) -> bool:
    return char not in TURNING and not addresses.unprintable(char)


def excerpt(comment: Comment) -> str:
    """How the text begins, in one line."""
    return one_line(as_text(comment), EXCERPT_LENGTH)


def as_text(comment: Comment) -> str:
    return plain_text(comment.body_html)
