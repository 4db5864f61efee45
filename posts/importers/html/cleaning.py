"""What a page adds to a text, taken out of the tree before it is written."""

import re

from posts.importers.html.conversion import Conversion
from posts.importers.html.formulas import tex_of
from posts.importers.html.tree import COMMENT, Node

# Links of a heading to itself, and what stands beside code.
SELF_LINKS = {
    "anchor",
    "headerlink",
    "header-anchor",
    "heading-link",
    "anchor-link",
    "anchorjs-link",
}
MADE_BY_PAGES = {"callout-title", "embed-note", "copy-button", "kg-callout-emoji-hidden"}
LANGUAGE = re.compile(r'"(?:language|lang)"\s*:\s*"([\w+#.-]{1,40})"')
GIST = re.compile(r"https?://gist\.github\.com/[\w-]{1,60}/[0-9a-f]{1,40}")


def clean(root: Node, to: Conversion) -> None:
    for node in list(root.walk()):
        _name_code(node)
        kept: list[Node | str] = []
        for child in node.children:
            if isinstance(child, str) or not _is_made(child):
                kept.extend(_replaced(child, kept, to))
        node.children = kept


def keep_places(roots: list[Node], to: Conversion) -> None:
    """Note which places links of the text lead to, and mark those that are no headings."""
    links = (n.get("href") for root in roots for n in root.walk() if n.tag == "a")
    to.wanted_ids = {link[1:] for link in links if link.startswith("#") and len(link) > 1}
    for root in roots:
        _place_anchors(root, to)


def _is_made(node: Node) -> bool:
    if node.tag == "a" and (node.get("href").startswith("#") or not node.get("href")):
        return bool(SELF_LINKS & set(node.classes)) and len(node.text().strip()) < 2
    return bool(MADE_BY_PAGES & set(node.classes))


def _replaced(child: Node | str, before: list[Node | str], to: Conversion) -> list[Node | str]:
    """`child`, or what stands for it."""
    if isinstance(child, str):
        return [child]
    if child.tag == "noscript":
        # What scripts load late is there a second time.
        last = next((n for n in reversed(before) if not isinstance(n, str) or n.strip()), None)
        doubled = isinstance(last, Node) and (last.tag in ("img", "iframe") or last.find("img"))
        return [] if doubled else [Node("span", {}, child.children, child.holds_blocks)]
    if child.tag == "script" and not tex_of(child):
        if match := GIST.match(child.get("src")):
            return [Node("p", {}, [Node("a", {"href": match[0]}, [match[0]])])]
        to.keep("script, left out")
        return []
    return [child]


def _name_code(node: Node) -> None:
    """WordPress says the language of a block of code in a comment before it."""
    language = ""
    for child in node.children:
        if isinstance(child, str):
            continue
        if child.tag == COMMENT:
            words = child.get("words").strip()
            found = (
                LANGUAGE.search(words) if words.startswith("wp:") and "code" in words[:60] else None
            )
            language = found[1] if found else ""
        elif language:
            pre = child if child.tag == "pre" else child.find("pre")
            if pre is not None:
                pre.attributes.setdefault("data-lang", language)
            language = ""


def _place_anchors(root: Node, to: Conversion) -> None:
    """Where a link of the text leads to a place that is no heading, an empty anchor marks it."""
    for node in root.walk():
        name = node.get("id")
        if name not in to.wanted_ids or node.tag in (
            "a",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "pre",
        ):
            continue
        if node.tag in (
            "p",
            "li",
            "div",
            "section",
            "span",
            "sup",
            "dt",
            "dd",
            "figcaption",
            "td",
            "th",
        ):
            node.children.insert(0, Node("a", {"id": name}))
