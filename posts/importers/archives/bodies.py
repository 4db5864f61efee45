"""The words of an archive's text as our Markdown, with their code untouched."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from posts.importers.archives.directory import Directory
from posts.importers.archives.media import Media
from posts.importers.archives.records import Markup
from posts.importers.html import Addresses, Converted, to_markdown, wordpress_to_markdown
from posts.importers.html.escaping import escape
from posts.rendering.limits import Budget, TooMuch
from posts.rendering.parser import post_parser


@dataclass
class Body:
    markdown: str
    problems: list[str] = field(default_factory=list)


class Moved(Addresses):
    """Links between texts of the archive follow these, and its pictures become ours."""

    def __init__(self, directory: Directory, media: Media):
        self.directory = directory
        self.media = media

    def link(self, address: str) -> str:
        if found := self.directory.find(address):
            return found
        return self.media.address(address) or address

    def picture(self, address: str, alt: str) -> str:
        image = self.media.take(address, alt)
        return image.url if image else address


def body_of(source: str, markup: Markup, addresses: Addresses) -> Body:
    match markup:
        case Markup.MARKDOWN:
            return Body(source)
        case Markup.PLAIN:
            return Body(plain(source))
        case Markup.WORDPRESS:
            found = wordpress_to_markdown(source, addresses=addresses)
        case _:
            found = to_markdown(source, addresses=addresses)
    return checked(found, source)


def plain(source: str) -> str:
    """Paragraphs by empty lines, of words that mean nothing but themselves."""
    return "\n\n".join(escape(" ".join(part.split())) for part in source.split("\n\n") if part)


def checked(found: Converted, source: str) -> Body:
    """The Markdown, unless a block of code would not be what it was."""
    wanted = [code.rstrip("\n") for code in found.codes]
    stored = [code.rstrip("\n") for code in codes_in(found.markdown)]
    problems = []
    if found.kept:
        kinds = ", ".join(dict.fromkeys(found.kept))
        problems.append(_("Stays HTML, or is left out: %s.") % kinds[:500])
    if wanted == stored:
        return Body(found.markdown, problems)
    problems.append(_("Its code cannot be kept as it is in Markdown: the text stays HTML."))
    return Body(source, problems)


def codes_in(markdown: str) -> list[str]:
    """The blocks of code that our renderer sees."""
    try:
        tokens = post_parser().parse(markdown, {"budget": Budget(), "rtl": False})
    except TooMuch:
        return []
    return [token.content for token in tokens if token.type in {"fence", "code_block"}]
