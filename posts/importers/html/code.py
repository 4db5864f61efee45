"""Blocks of code: their exact text, their language, and a fence that holds them."""

import re

from posts.importers.html.elements import BLOCKS
from posts.importers.html.tree import COMMENT, Node
from posts.rendering.code import find_lexer
from posts.rendering.limits import names

LANGUAGE = re.compile(r"[\w+#.-]{1,40}\Z")
# The ways in which highlighters write the language into a class: Prism and highlight.js,
# Prettify, GitHub, SyntaxHighlighter, Crayon and pandoc.
NAMED = re.compile(
    r"(?:^|\s)(?:language-|lang-|highlight-source-|highlight-(?!text-html\b)|brush:\s?|lang:|sourceCode\s+)"
    r"([\w+#.-]{1,40})"
)
ATTRIBUTES = (
    "data-enlighter-language", "data-lang", "data-language", "data-code-block-lang",
    "data-syntaxhighlighter-language", "lang", "language", "syntax",
)  # fmt: skip
# Words in the class of a block of code that happen to be names of lexers, or say nothing.
NOT_LANGUAGES = names(
    """code highlight highlighter hljs prettyprint chroma codehilite sourcecode linenums notranslate
    crayon wp-block-code box prompt line lines graf crayon-plain nohighlight no-highlight raw none
    plain plaintext language-none language-plaintext enlighterjsraw generic null"""
)
# What shows line numbers beside the code or in front of each line.
GUTTERS = names(
    """linenos lineno ln lnt linenodiv gutter rouge-gutter crayon-nums line-numbers-rows hljs-ln-numbers
    blob-num gl sign-gutter"""
)
RUNS = re.compile(r"`+")


def is_gutter(node: Node) -> bool:
    return any(name in GUTTERS for name in node.classes)


def code_text(node: Node) -> str:
    """The code in a `pre`, byte for byte, without numbers of lines that were put into it."""
    parts: list[str] = []
    waiting: list[Node | str] = list(reversed(node.children))
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag == "br":
            parts.append("\n")
        elif item.tag == COMMENT or is_gutter(item):
            continue
        else:
            if item.tag in BLOCKS and item.tag != "pre":
                _end_line(parts)
                waiting.append("\n")
            waiting.extend(reversed(item.children))
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    # HTML: a line break right after the tag is not content.
    is_after_tag = bool(node.children) and isinstance(node.children[0], str)
    return text.removeprefix("\n") if is_after_tag else text


def _end_line(parts: list[str]) -> None:
    """A block begins on a line of its own."""
    last = next((part for part in reversed(parts) if part), "\n")
    if not last.endswith("\n"):
        parts.append("\n")


def language_of(around: list[Node], node: Node, default: str = "") -> str:
    """What a block says of its language, itself, in its `code`, or in up to three boxes around."""
    code = node.find("code")
    places = [*([code] if code else []), node, *around[:-4:-1]]
    for place in places:
        if found := _attribute(place) or _class(place.get("class")):
            return found
    for place in places[:2]:
        for word in place.classes:
            if word.lower() not in NOT_LANGUAGES and find_lexer(word.lower()):
                return word
    return default


def _attribute(node: Node) -> str:
    if node.tag not in ("pre", "code", "div", "figure"):
        return ""
    for name in ATTRIBUTES:
        # `lang` is the language of a text everywhere but in a `pre` of WP-GeSHi.
        if name == "lang" and node.tag != "pre":
            continue
        value = node.get(name).strip()
        if not LANGUAGE.match(value) or value.lower() in NOT_LANGUAGES:
            continue
        if name != "lang" or find_lexer(value.lower()):
            return value
    return ""


def _class(value: str) -> str:
    for match in NAMED.finditer(value):
        if match[1].lower() not in NOT_LANGUAGES:
            return match[1].rstrip(".;")
    return ""


def fence(code: str, language: str = "", title: str = "") -> str:
    """A fence around `code` that nothing in it can end."""
    longest = max(map(len, RUNS.findall(code)), default=0)
    ticks = "`" * max(3, longest + 1)
    info = language if LANGUAGE.match(language) else ""
    if title := " ".join(title.replace("`", " ").split()):
        # Info strings know backslashes, but our settings in them no escaped quotes.
        quote = "'" if '"' in title else '"'
        title = title.replace("\\", "\\\\").replace("&", "\\&").replace(quote, " ")
        info = f"{info} title={quote}{title}{quote}".strip()
    body = code if not code or code.endswith("\n") else code + "\n"
    return f"{ticks}{info}\n{body}{ticks}"


def inline_code(text: str) -> str:
    """A code span; a line break in it is a blank, as in HTML."""
    text = re.sub(r"\s*\n\s*", " ", text)
    if not text:
        return ""
    runs = set(map(len, RUNS.findall(text)))
    ticks = "`" * next(n for n in range(1, len(text) + 2) if n not in runs)
    # One blank at both ends is taken off again, except where there is nothing but blanks.
    touches = text[0] == "`" or text[-1] == "`"
    padded = touches or (text[0] == " " and text[-1] == " " and text.strip(" "))
    pad = " " if padded else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"
