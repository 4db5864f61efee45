"""A page of a Medium export: its facts are marked with microformats, its text with Medium's classes."""

from html import escape
from urllib.parse import urlsplit

from lxml import etree
from lxml.html import HtmlElement, HTMLParser, document_fromstring, tostring

from posts.importers.archives.values import line_of, text_of

TITLES = {"graf--title", "graf--subtitle"}
HEADINGS = {"graf--title", "graf--h3", "graf--h4"}
ELLIPSIS = "…"


class UnreadablePageError(Exception):
    """There is no page in it."""


class Page:
    """Raises UnreadablePageError where the bytes are no HTML at all."""

    def __init__(self, content: bytes):
        try:
            parser = HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
            self.root = document_fromstring(content, parser=parser)
        except (etree.ParserError, ValueError) as error:
            raise UnreadablePageError from error

    def first(self, name: str) -> HtmlElement | None:
        """The first element of that class."""
        return next(iter(self.root.find_class(name)), None)

    def words(self, name: str) -> str:
        element = self.first(name)
        return "" if element is None else line_of(element.text_content())

    def address(self, name: str) -> str:
        """Where the link of that class leads."""
        element = self.first(name)
        return "" if element is None else line_of(element.get("href"))

    @property
    def is_post(self) -> bool:
        return self.first("h-entry") is not None and self.first("e-content") is not None

    @property
    def date(self) -> str:
        element = self.first("dt-published")
        return "" if element is None else line_of(element.get("datetime"))

    @property
    def short_address(self) -> str:
        """The link around the date, https://medium.com/p/ and the post's id."""
        element = self.first("dt-published")
        parent = None if element is None else element.getparent()
        return "" if parent is None else line_of(parent.get("href"))

    @property
    def tags(self) -> list[str]:
        found = (line_of(element.text_content()) for element in self.root.find_class("p-tag"))
        return list(dict.fromkeys(filter(None, found)))

    @property
    def is_response(self) -> bool:
        """Whether it is an answer to another's post: those have no title, and lend their first words."""
        body = self.first("e-content")
        if self.first("p-summary") is not None or any(map(body.find_class, HEADINGS)):
            return False
        title = self.words("p-name").rstrip(ELLIPSIS).rstrip()
        return bool(title) and line_of(body.text_content()).startswith(title)

    @property
    def body(self) -> str:
        """HTML of the text, without the title and subtitle that stand in it once more."""
        body = self.first("e-content")
        for name in TITLES:
            for element in body.find_class(name):
                drop(element)
        rules = body.find_class("section-divider")
        if rules and not before(body, rules[0]):
            drop(rules[0])
        inner = "".join(tostring(child, encoding="unicode") for child in body)
        return text_of(escape(body.text or "") + inner)


def drop(element: HtmlElement) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def before(body: HtmlElement, element: HtmlElement) -> str:
    """The words of the text that stand before the element."""
    words = []
    for _event, one in etree.iterwalk(body, events=("start",)):
        if one is element:
            break
        words.append(one.text or "")
    return "".join(words).strip()


def host_of(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""
