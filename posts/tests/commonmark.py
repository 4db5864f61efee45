"""Puts our HTML and the CommonMark specification's into one form, to be compared."""

import html5lib
from lxml import etree

XHTML = "{http://www.w3.org/1999/xhtml}"


def normalise(html: str) -> str:
    """`html` as a browser reads it, without what we add on purpose to plain Markdown."""
    tree = html5lib.parseFragment(html, treebuilder="lxml", namespaceHTMLElements=False)
    root = etree.Element("body")
    for node in tree:
        if isinstance(node, str):
            _add_text(root, node)
        else:
            root.append(node)
    for element in list(root.iter()):
        _take_out_additions(element)
    for text_holder in root.iter():
        _squeeze(text_holder)
    return etree.tostring(root, encoding="unicode", method="html")


def _take_out_additions(element) -> None:
    tag, classes = element.tag, (element.get("class") or "").split()
    if not isinstance(tag, str):
        _drop(element)  # a comment
    elif tag == "a" and "anchor" in classes:
        previous = element.getprevious()
        holder, name = (element.getparent(), "text") if previous is None else (previous, "tail")
        setattr(holder, name, (getattr(holder, name) or "").rstrip(" "))
        _drop(element)
    elif tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        element.attrib.pop("id", None)
    elif (tag == "figure" and "code" in classes) or (tag == "div" and "table-scroll" in classes):
        _unwrap(element)
    elif tag == "pre":
        element.attrib.clear()
    elif tag == "span" and not element.get("title"):
        _unwrap(element)
    elif tag == "figure" and "image" in classes:
        element.tag = "p"
        element.attrib.clear()
        for caption in element.findall("figcaption"):
            element.find(".//img").set("title", caption.text)
            element.remove(caption)
        element.text = ""
        for child in element:
            child.tail = ""
    elif tag == "img":
        element.attrib.pop("loading", None)
        if not element.get("title"):
            element.attrib.pop("title", None)
    attributes = sorted(element.attrib.items()) if isinstance(tag, str) else []
    element.attrib.clear() if attributes else None
    for name, value in attributes:
        element.set(name, value)


def _squeeze(element) -> None:
    """Line breaks between blocks mean nothing; those in `pre` stay."""
    if element.tag == "pre":
        element.text = (element.text or "").removeprefix("\n")
        element.tail = (element.tail or "").strip("\n")
    elif any(parent.tag == "pre" for parent in element.iterancestors()):
        return
    element.text = (
        " ".join((element.text or "").split())
        if not (element.text or "").strip()
        else element.text.strip("\n")
    )
    if element.tail is not None:
        element.tail = element.tail.strip("\n") if element.tail.strip() else ""


def _add_text(root, text: str) -> None:
    if len(root):
        root[-1].tail = (root[-1].tail or "") + text
    else:
        root.text = (root.text or "") + text


def _drop(element) -> None:
    tail, parent, previous = element.tail or "", element.getparent(), element.getprevious()
    parent.remove(element)
    if previous is None:
        parent.text = (parent.text or "") + tail
    else:
        previous.tail = (previous.tail or "") + tail


def _unwrap(element) -> None:
    """Put the children of `element` in its place."""
    parent, previous = element.getparent(), element.getprevious()
    text, tail, children = element.text or "", element.tail or "", list(element)
    if children:
        children[-1].tail = (children[-1].tail or "") + tail
    else:
        text += tail
    if previous is None:
        parent.text = (parent.text or "") + text
    else:
        previous.tail = (previous.tail or "") + text
    for child in children:
        element.addprevious(child)
    element.tail = None
    parent.remove(element)
