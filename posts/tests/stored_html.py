"""Every text of the sample data that its system stores as HTML, and what a browser sees in it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from django.conf import settings
from lxml import etree

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "data"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"
ATOM = "{http://www.w3.org/2005/Atom}"
SKIPPED = {
    "script",
    "style",
    "noscript",
    "title",
    "iframe",
    "object",
    "template",
    "svg",
    "math",
    "video",
    "audio",
}
BLANKS = re.compile(r"[\s\u200b]+")


def sample_folder() -> Path:
    if not FOLDER.is_dir():
        pytest.skip("the sample data (../shared/data) is not here")
    return FOLDER


def wordpress_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """(name, stored body) of every item of every WordPress file that can be read at all."""
    for path in sorted((folder / "wxr").glob("*.xml")):
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True, huge_tree=True))
        for number, item in enumerate(root.iter("item")):
            body = item.findtext(CONTENT)
            if body and body.strip():
                yield f"{path.name} {number} {item.findtext('title')}", body


def html_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Likewise for Ghost, Blogger, Medium, Substack and feeds."""
    for path in sorted((folder / "ghost").glob("*.json")):
        for number, html in enumerate(_values(_json(path), "html")):
            yield f"{path.name} {number}", html
    for path in sorted([*(folder / "blogger").glob("*.xml"), *(folder / "feeds").glob("*.xml")]):
        root = etree.fromstring(path.read_bytes(), etree.XMLParser(recover=True))
        for number, each in enumerate(root.iter(f"{ATOM}content", CONTENT, "description")):
            if each.text and "<" in each.text:
                yield f"{path.name} {number}", each.text
    for path in sorted(
        [*(folder / "medium").rglob("*.html"), *(folder / "substack").rglob("*.html")]
    ):
        html = path.read_text(encoding="utf-8")
        yield path.name, re.sub(r"(?s)<head\b.*?</head>|<title>.*?</title>", "", html)


def seen(html: str) -> tuple[str, list[str]]:
    """The words without blanks and the blocks of code of `html`, as html5lib reads it."""
    tree = html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False)
    words: list[str] = []
    codes: list[str] = []
    _see(tree, words, codes)
    return BLANKS.sub("", "".join(words)), codes


def _see(element, words: list[str], codes: list[str]) -> None:
    if isinstance(element.tag, str) and element.tag.rpartition("}")[2] not in SKIPPED:
        if element.tag == "pre":
            codes.append(_code(element))
        words.append(element.text or "")
        for child in element:
            _see(child, words, codes)
            words.append(child.tail or "")


def _code(element) -> str:
    parts = [element.text or ""]
    for child in element:
        if child.tag == "br":
            parts.append("\n")
        elif isinstance(child.tag, str):
            parts.append(_code(child))
        parts.append(child.tail or "")
    return "".join(parts)


def _json(path: Path):
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        return {}


def _values(data, name: str) -> Iterator[str]:
    if isinstance(data, dict):
        if isinstance(data.get(name), str):
            yield data[name]
        for value in data.values():
            yield from _values(value, name)
    elif isinstance(data, list):
        for value in data:
            yield from _values(value, name)


MADE = re.compile(
    r'<a class="(?:anchor|footnote-back)".*?</a>|<sup class="footnote-ref">.*?</sup>|<p class="callout-title">.*?</p>'
    r'|<figcaption class="embed-note">.*?</figcaption>',
    re.DOTALL,
)
EMBED = re.compile(r'(<figure class="embed"[^>]*>\s*<a href="([^"]*)">)[^<]*', re.DOTALL)


def shown(html: str) -> tuple[str, list[str]]:
    """Likewise for HTML of our renderer, without what it adds: an embed has the words of its address."""
    return seen(EMBED.sub(r"\1\2", MADE.sub("", html)))
