"""Players in frames, as the address that our pages make a box of; others as a link."""

import re
from urllib.parse import urlsplit

from posts.importers.html import escaping, kept
from posts.importers.html.conversion import Conversion
from posts.importers.html.tree import Node
from posts.rendering.embeds import find_embed

FLASH = re.compile(r"(?:https?:)?//(?:www\.)?youtube(?:-nocookie)?\.com/v/([\w-]{11})(?![\w-])")
PLAYER = re.compile(
    r"https?://(?:www\.)?youtube(?:-nocookie)?\.com/embed/([\w-]{11})(?![\w-])(?:\S*?[?&]start=(\d+))?"
)


def plain_address(source: str) -> str:
    """The page of a video for the address of its player; any other as it is, with its scheme."""
    source = source.strip()
    if match := FLASH.match(source):
        return f"https://www.youtube.com/watch?v={match[1]}"
    if source.startswith("//"):
        source = f"https:{source}"
    if match := PLAYER.match(source):
        start = f"&t={match[2]}" if match[2] else ""
        return f"https://www.youtube.com/watch?v={match[1]}{start}"
    return source


def frame(node: Node, to: Conversion) -> str:
    """A bare address for a video, a link for anything else."""
    address = plain_address(_source(node))
    if not address.startswith(("http://", "https://")):
        return ""
    if find_embed(address) and not re.search(r"[\s<>]", address):
        return address
    host = _host(address)
    to.keep(f"frame from {host}")
    words = escaping.escape(" ".join(node.get("title").split()) or host, in_link=True)
    return f"[{words}]({escaping.destination(address)})"


def player(node: Node, to: Conversion) -> str:
    """A `video` or `audio`, which our pages show from HTML."""
    if not node.get("src") and not any(n.get("src") for n in node.walk() if n.tag == "source"):
        return ""
    to.keep(node.tag)
    return kept.html_block(node)


def _source(node: Node) -> str:
    """The address in a frame, or wherever the plug-ins of old had it."""
    source = node.get("src") or node.get("data-src") or node.get("data")
    if source:
        return source
    for child in node.walk():
        if child.tag == "param" and child.get("name").lower() in ("movie", "src"):
            return child.get("value")
        if child.tag in ("embed", "iframe") and child.get("src"):
            return child.get("src")
    return ""


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or address[:60]
    except ValueError:
        return address[:60]
