"""Pictures, as Markdown has them."""

import re

from posts.importers.html import escaping, kept
from posts.importers.html.conversion import Conversion
from posts.importers.html.tree import Node

# Scripts that load pictures late keep the real address in one of these.
LATE = ("data-src", "data-lazy-src", "data-original", "data-orig-file", "data-full-url")
EMOJI = {"wp-smiley", "emoji"}
FILE_NAME = re.compile(r"(?=[^\s]*[\d_.-])[\w.()-]{1,200}\Z")


def source_of(node: Node) -> str:
    """The address of the picture, however it is written."""
    source = node.get("src").strip()
    if source and not source.startswith("data:"):
        return source
    late = next((v for name in LATE if (v := node.get(name).strip())), "")
    listed = (node.get("srcset") or node.get("data-srcset")).strip()
    return late or _largest(listed) or source


def _largest(srcset: str) -> str:
    """The last address of a srcset; they are listed from small to large."""
    return srcset.rpartition(", ")[2].split(" ")[0].rstrip(",")


def picture(node: Node, to: Conversion, caption: str = "") -> str:
    """`![alt](address "caption")`; nothing for what only counts readers."""
    source = source_of(node)
    alt, title = _words(node.get("alt")), _words(node.get("title"))
    if set(node.classes) & EMOJI and alt:
        return escaping.escape(alt)
    if not source or (node.get("width") in ("0", "1") and node.get("height") in ("0", "1")):
        return ""
    if source.startswith("data:"):
        to.keep("picture within the text")
        return kept.html_of(node)
    alt = alt or ("" if FILE_NAME.match(title) else title)
    # A title is shown as the caption of a picture that stands alone; names of files are none.
    title = "" if title == alt or FILE_NAME.match(title) else title
    shown = escaping.escape(alt, in_link=True)
    return f"![{shown}]({escaping.destination(source)}{escaping.title(caption or title)})"


def _words(text: str) -> str:
    return " ".join(text.split())
