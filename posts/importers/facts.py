"""What an import writes of a text, whatever system the text came from."""

from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext as _

ORIGINAL_MAX_LENGTH = 200  # characters of Post.canonical_url
is_address = URLValidator(schemes=["http", "https"])


@dataclass
class Facts:
    """All but the body and its pictures; what only a post or only a page has is left as it is else.

    `source` names the text at the next import. Authors, tags and the series are names.
    """

    source: str
    kind: str  # "post" or "page"
    title: str
    slug: str
    new_path: str
    addresses: tuple[str, ...] = ()  # paths that led to it before
    language: str = ""
    published_at: datetime | None = None  # a draft has one as well, which is its time of writing
    date_is_guessed: bool = False
    is_draft: bool = False
    updated_at: datetime | None = None
    guid: str = ""
    noindex: bool = False
    summary: str = ""
    comments_open: bool = True
    evergreen: bool = False
    canonical_url: str = ""
    series: str = ""
    series_part: int | None = None
    tags: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    cover_alt: str = ""
    in_navigation: bool = False
    position: int = 0
    problems: list[str] = field(default_factory=list)  # sentences for the report

    def take_original(self, address: str) -> None:
        """Set `canonical_url` where `address` can be one."""
        if not address:
            return
        try:
            is_address(address)
        except ValidationError:
            pass
        else:
            if len(address) <= ORIGINAL_MAX_LENGTH:
                self.canonical_url = address
                return
        self.problems.append(_("The original address “%s” cannot be used.") % address[:200])
