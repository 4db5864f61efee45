"""A text as the linter sees it: what the site's own parser finds in it, each with its line."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property

from markdown_it.common.utils import unescapeAll
from markdown_it.token import Token

from posts.linting import rawhtml
from posts.rendering.fences import Fence, read_info
from posts.rendering.headings import RAW_ID, name_headings, plain_inline
from posts.rendering.limits import MAX_POST, Budget, TooMuch, tidy
from posts.rendering.parser import post_parser
from posts.rendering.pictures import written_source
from posts.rendering.plain import count_plain_words

IGNORE = re.compile(r"\s{0,20}<!--\s{0,20}lint:\s{0,20}ignore\s+([a-z ,-]{1,200}?)\s{0,20}-->")
FENCE_MARKS = 2  # lines of a closed fence that are not code


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    line: int


@dataclass(frozen=True)
class Link:
    """`address` is what the author wrote, `href` what stands in the page."""

    address: str
    line: int
    href: str


@dataclass(frozen=True)
class Shown:
    """A picture that the text shows; `alt` is None where not even an empty one is given."""

    source: str
    alt: str | None
    line: int


@dataclass(frozen=True)
class Code:
    fence: Fence
    source: str
    line: int  # of the opening fence
    closed: bool


@dataclass(frozen=True)
class Paragraph:
    words: int
    line: int


@dataclass
class Reading:
    """All that rules ask about. `refused` where the renderer shows the text as typed."""

    headings: list[Heading] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    pictures: list[Shown] = field(default_factory=list)
    codes: list[Code] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    # (first line, line behind the last, rules) of blocks after a comment that says so
    ignored: list[tuple[int, int, frozenset[str]]] = field(default_factory=list)
    refused: bool = False

    def ignores(self, rule: str, line: int | None) -> bool:
        return rule in self.ignored_by_line.get(line, ())

    @cached_property
    def ignored_by_line(self) -> dict[int, set[str]]:
        """The same by line: a text may have thousands of these blocks, and of findings."""
        found = defaultdict(set)
        for first, end, rules in self.ignored:
            for line in range(first, end):
                found[line] |= rules
        return dict(found)


def read(source: str) -> Reading:
    """Read `source`, whatever it is; nothing is raised."""
    source = tidy(source)
    if len(source) > MAX_POST:
        return Reading(refused=True)
    try:
        tokens = post_parser().parse(source, {"budget": Budget(), "rtl": False})
        contents = name_headings(tokens)
    except (TooMuch, RecursionError):
        return Reading(refused=True)
    reading = Reading(ids={str(part["id"]) for part in contents})
    Reader(reading).read(tokens)
    return reading


class Reader:
    """Goes through the tokens once, and knows at which line it is."""

    def __init__(self, reading: Reading):
        self.reading = reading
        self.line = 1
        self.pending: frozenset[str] = frozenset()  # rules that the next block is free of

    def read(self, tokens: list[Token]) -> None:
        for place, token in enumerate(tokens):
            if token.map:
                self.line = token.map[0] + 1
                self.note_ignored(token)
            if token.type == "heading_open":
                self.add_heading(token, tokens[place + 1])
            elif token.type == "fence":
                self.add_code(token)
            elif token.type == "html_block":
                self.add_raw(token.content, self.line)
            elif token.type == "footnote_open":
                self.reading.ids.add(f"fn-{token.meta['id'] + 1}")
            elif token.type == "embed":
                self.reading.links.append(Link(token.content, self.line, token.content))
            elif token.type == "inline":
                self.read_inline(token, is_paragraph=tokens[place - 1].type == "paragraph_open")
            elif token.type == "figures":
                self.read_children(token.children, "")

    def note_ignored(self, token: Token) -> None:
        asked = IGNORE.match(token.content) if token.type == "html_block" else None
        if asked:
            self.pending = frozenset(re.split(r"[\s,]+", asked[1]))
        elif self.pending:
            self.reading.ignored.append((token.map[0] + 1, token.map[1] + 1, self.pending))
            self.pending = frozenset()

    def add_heading(self, token: Token, inline: Token) -> None:
        text = " ".join(plain_inline(inline.children or []).split())
        self.reading.headings.append(Heading(int(token.tag[1]), text, self.line))
        self.reading.ids.add(str(token.attrs.get("id", "")))

    def add_code(self, token: Token) -> None:
        lines = token.content.count("\n") + (token.content[-1:] not in ("", "\n"))
        closed = token.map[1] - token.map[0] - lines >= FENCE_MARKS
        fence = read_info(unescapeAll(token.info))
        self.reading.codes.append(Code(fence, token.content, self.line, closed))

    def read_inline(self, token: Token, *, is_paragraph: bool) -> None:
        self.read_children(token.children or [], token.content)
        if is_paragraph:
            words = count_plain_words(plain_inline(token.children or []))
            self.reading.paragraphs.append(Paragraph(words, self.line))

    def read_children(self, children: list[Token], content: str) -> None:
        """Links, pictures and HTML among the words of one block, whose Markdown is `content`."""
        lines = Lines(content, self.line)
        for token in children:
            if token.type in ("softbreak", "hardbreak"):
                lines.step()
            elif token.type == "image":
                source = written_source(token)
                alt = image_words(token)
                self.reading.pictures.append(Shown(source, alt or None, lines.find(source)))
            elif token.type == "link_open":
                href = token.attrs.get("href", "")
                address = getattr(href, "written", href)
                self.reading.links.append(Link(address, lines.find(address), str(href)))
            elif token.type == "html_inline":
                self.add_raw(token.content, lines.find(token.content))
            elif token.type == "footnote_ref":
                self.reading.ids.add(f"fnref-{token.meta['id'] + 1}")

    def add_raw(self, html: str, line: int) -> None:
        self.reading.ids.update(RAW_ID.findall(html))
        for tag in rawhtml.tags(html):
            here, attributes = line + tag.line, tag.attributes
            if tag.name == "img":
                shown = Shown(attributes.get("src", ""), attributes.get("alt"), here)
                self.reading.pictures.append(shown)
            elif "href" in attributes:
                self.reading.links.append(Link(attributes["href"], here, attributes["href"]))


class Lines:
    """The line of each thing in a block, which the parser does not tell."""

    def __init__(self, content: str, first: int):
        self.content, self.first = content, first
        self.place = 0  # behind what was found last
        self.breaks = 0  # line ends passed; those inside of code are not told either

    def step(self) -> None:
        self.breaks += 1

    def find(self, written: str) -> int:
        """The line of the next `written`; of the words around it where it stands elsewhere."""
        place = self.content.find(written, self.place) if written else -1
        if place >= 0:
            self.breaks = self.content.count("\n", 0, place)
            self.place = place + 1
        return self.first + self.breaks


def image_words(token: Token) -> str:
    """What the Markdown says that a picture shows."""
    return plain_inline(token.children or []).strip()
