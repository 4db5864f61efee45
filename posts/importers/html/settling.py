"""New addresses for links and pictures, before they are written."""

from collections.abc import Callable

from posts.importers.html.pictures import source_of
from posts.importers.html.tree import Node

# What holds the same picture in another size, which the site makes by itself.
OTHER_SIZES = ("srcset", "data-srcset", "sizes")


class Addresses:
    """What becomes of the addresses of a text; this one leaves all as they are."""

    def link(self, address: str) -> str:
        """Where a link leads to from now on."""
        return address

    def picture(self, address: str, alt: str) -> str:
        """Where a picture is from now on; `alt` is what the text says that it shows."""
        return address


def settle(roots: list[Node], addresses: Addresses) -> None:
    for root in roots:
        for node in root.walk():
            if node.tag == "a" and node.get("href"):
                node.attributes["href"] = addresses.link(node.get("href").strip())
            elif node.tag == "img":
                settle_picture(node, addresses.picture)


def settle_picture(node: Node, picture: Callable[[str, str], str]) -> None:
    source = source_of(node)
    if not source or source.startswith("data:"):
        return
    new = picture(source, node.get("alt"))
    if new != source:
        for name in OTHER_SIZES:
            node.attributes.pop(name, None)
        node.attributes["src"] = new
