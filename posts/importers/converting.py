"""A file's body as the Markdown of this site."""

import re
from collections import Counter

from posts.importers import formulas, leftovers, liquid, pieces, shortcodes
from posts.importers.document import Document
from posts.importers.pieces import SINGLE_RAW, Piece
from posts.importers.places import Places
from posts.importers.plan import Plan
from posts.importers.references import References

# Of Pelican's summary plugin: what stands before the second is the summary.
SUMMARY_BEGIN = re.compile(r"<!--\s*PELICAN_BEGIN_SUMMARY\s*-->\n?")
SUMMARY_END = re.compile(r"<!--\s*PELICAN_END_SUMMARY\s*-->")
MORE = "<!--more-->"
# kramdown's way to style a paragraph or link; it has no words in it.
ATTRIBUTE_LIST = re.compile(r"\{:(?!:)[ \t]*[^{}\n]*\}")
CONTENTS = re.compile(
    r"^[ \t]*(?:[-*] .*\n\{:toc[^}\n]*\}|\[TOC\]|\{\{:toc\}\})[ \t]*$", re.MULTILINE | re.IGNORECASE
)


class Converter:
    """Converts one document; afterwards knows its pictures and what stayed as it was."""

    def __init__(self, plan: Plan, document: Document):
        self.plan = plan
        self.style = plan.folder.style
        self.references = References(Places(plan, document))
        self.leftovers = Counter()

    def convert(self, body: str) -> str:
        """`body` with tokens in place of its pictures; see References."""
        return pieces.convert(self.with_marker(body), self.piece).strip("\n") + "\n"

    def with_marker(self, body: str) -> str:
        separator = self.plan.config.excerpt_separator
        if separator.startswith("<!--") and MORE not in body:
            body = body.replace(separator, MORE, 1)
        body = SUMMARY_END.sub(MORE, SUMMARY_BEGIN.sub("", body), count=1)
        # Every generator makes its own table of contents, and so does this site.
        return CONTENTS.sub("", body)

    def piece(self, piece: Piece) -> str:
        if piece.kind == "code":
            return self.code(piece.text)
        if piece.kind != "text":
            return (shortcodes if piece.kind.startswith("hugo") else liquid).block(piece)
        text = liquid.convert(piece.text, self.find_post)
        text = shortcodes.convert(text, self.find_post)
        text = formulas.convert(SINGLE_RAW.sub("", text))
        if self.style == "jekyll":
            text = ATTRIBUTE_LIST.sub("", text)
        text = self.references.rewrite(text)
        self.leftovers += leftovers.count(text)
        return shortcodes.show(text)

    def code(self, text: str) -> str:
        # Jekyll takes `raw` out of code as well, and readers never saw it.
        return SINGLE_RAW.sub("", text) if self.style == "jekyll" else text

    def find_post(self, name: str) -> str:
        return self.plan.by_name.get(name, "")

    def problems(self) -> list[str]:
        told = [leftovers.sentence(self.leftovers)] if self.leftovers else []
        return told + self.references.problems()
