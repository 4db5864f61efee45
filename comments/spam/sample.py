"""What the filter looks at: a comment, or anything else that has been made to look like one."""

from dataclasses import dataclass

from comments.models import Comment
from comments.spam.markup import read_html


@dataclass(frozen=True)
class Sample:
    """A text and who sent it, as they were typed."""

    body: str
    links: tuple[str, ...] = ()  # addresses that do not stand in the text itself
    name: str = ""
    email: str = ""
    site: str = ""
    is_member: bool = False
    seconds: int | None = None  # spent on the form; None where nobody knows
    extras: tuple[str, ...] = ()  # further tokens, as `signs.describe` knows them

    @classmethod
    def of(cls, comment: Comment) -> "Sample":
        body, links = comment.body, []
        if comment.body_format == Comment.Format.HTML:
            body, links = read_html(comment.body)
        return cls(
            body=body,
            links=tuple(links),
            name=comment.author_name,
            email=comment.author_email,
            site=comment.author_site,
            is_member=comment.member_id is not None,
            seconds=comment.writing_seconds,
        )
