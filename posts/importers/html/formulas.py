"""Formulas as TeX again, where the page that holds them says what they were made from."""

from posts.importers.html.tree import Node
from posts.rendering.maths import INLINE


def tex_of(node: Node) -> str:
    """The TeX of a `math` element, of KaTeX's `span` around one, or of MathJax's script."""
    if node.tag == "script":
        return node.text().strip() if node.get("type").startswith("math/tex") else ""
    if node.tag == "math":
        if tex := node.get("alttext"):
            return tex.strip()
        for child in node.walk():
            if child.tag == "annotation" and "tex" in child.get("encoding"):
                return child.text().strip()
        return ""
    if set(node.classes) & {"katex", "katex-display"} and (inner := node.find("math")):
        return tex_of(inner)
    return ""


def is_display(node: Node) -> bool:
    return (
        node.get("display") == "block"
        or "katex-display" in node.classes
        or "mode=display" in node.get("type")
    )


def inline_formula(tex: str) -> str:
    """`$tex$`, or nothing where our Markdown would not read it as that formula."""
    shown = f"${' '.join(tex.split())}$"
    return shown if INLINE.fullmatch(shown) else ""


def block_formula(tex: str) -> str:
    r"""The formula in lines of its own, or nothing where a `$$` in it would end it."""
    lines = [line.strip() for line in tex.split("\n") if line.strip()]
    if not lines or "$$" in tex or lines[-1].endswith("$"):
        return ""
    return "\n".join(["$$", *lines, "$$"])
