"""Figures: pictures with captions, code with titles, videos, bookmarks."""

from posts.importers.html import escaping, kept
from posts.importers.html.block import Block
from posts.importers.html.conversion import Conversion
from posts.importers.html.pictures import picture
from posts.importers.html.tree import COMMENT, Node


def figure(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    classes = set(node.classes)
    if "embed" in classes and (link := node.find("a")):
        return [Block(link.get("href"), "figure")]
    if "kg-bookmark-card" in classes:
        return _bookmark(node, to, around)
    caption = next((n for n in node.walk() if n.tag == "figcaption"), None)
    images = [n for n in node.walk() if n.tag == "img"]
    if node.find("pre") and caption is not None and "code-title" in caption.classes:
        node.find("pre").attributes["data-title"] = caption.text()
        return to.blocks([n for n in node.children if n is not caption], to, around)
    if len(images) == 1 and not _other_content(node):
        return _picture(node, images[0], caption, to)
    return to.blocks(node.children, to, around)


def _picture(node: Node, image: Node, caption: Node | None, to: Conversion) -> list[Block]:
    words = " ".join(caption.text().split()) if caption is not None else ""
    if words and caption.find("a", "code", "img", "sup"):
        to.keep("picture whose caption has links")
        return [Block(kept.html_block(node), "html")]
    if words and words == " ".join(image.get("alt").split()):
        image.attributes["title"] = ""
    shown = picture(image, to, words)
    link = next((n for n in node.walk() if n.tag == "a" and image in list(n.walk())), None)
    if shown and link is not None and link.get("href") and "enlarge" not in link.classes:
        shown = f"[{shown}]({escaping.destination(link.get('href'))})"
    return [Block(shown, "figure")] if shown else []


def _other_content(node: Node) -> bool:
    """Whether anything but pictures, their links and a caption is in it."""
    waiting = list(node.children)
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            if item.strip():
                return True
        elif item.tag in ("iframe", "video", "audio", "pre", "table", "object", "embed"):
            return True
        elif item.tag not in ("figcaption", "noscript", COMMENT):
            waiting.extend(item.children)
    return False


def _bookmark(node: Node, to: Conversion, around: tuple[Node, ...]) -> list[Block]:
    """Ghost's card for an address: its title as the link, then what it says of the page."""
    link = node.find("a")
    named = {c: n for n in node.walk() for c in n.classes}
    title = named.get("kg-bookmark-title")
    if link is None or title is None:
        return to.blocks(node.children, to, around)
    first = Node("p", {}, [Node("a", {"href": link.get("href")}, title.children)])
    rest = [
        Node("p", {}, named[name].children)
        for name in ("kg-bookmark-description", "kg-bookmark-author", "kg-bookmark-publisher")
        if name in named
    ]
    captions = [n for n in node.walk() if n.tag == "figcaption"]
    return to.blocks([first, *rest, *captions], to, around)
