"""What can be read off finished HTML: words, links, the first paragraph.

Works on the sanitiser's output only: every attribute is double-quoted there and no `<` or `>`
stands inside one, which makes these patterns exact.
"""

import re
from html import unescape

TAG = re.compile(r"<[^>]*>")
NOT_TEXT = re.compile(
    r'<a class="(?:anchor|footnote-back)".*?</a>|<sup class="footnote-ref">.*?</sup>'
    r'|<figure class="embed".*?</figure>',
    re.DOTALL,
)
MATHS = re.compile(r"<math\b([^>]*)>.*?</math>", re.DOTALL)
ALTTEXT = re.compile(r'\balttext="([^"]*)"')
CODE = re.compile(r'<figure class="code[^>]*>.*?</figure>', re.DOTALL)
BLOCK = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|blockquote|pre|figure|figcaption|table|tr|section|aside"
    r"|details|summary|hr|br|caption)\b[^>]*>"
)
CELL = re.compile(r"</t[dh]>")
LINK = re.compile(r"<a\b([^>]*)>")
HREF = re.compile(r'\bhref="([^"]*)"')
OURS = re.compile(r'class="(?:anchor|enlarge|footnote-back)"|role="doc-noteref"')
PARAGRAPH = re.compile(r"<p\b[^>]*>(.*?)</p>", re.DOTALL)
# Han, kana and the like are written without blanks. Two signs stand for one word: readers
# take in about 500 of them a minute, twice the number of English words.
UNSPACED = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003134f]"
)
WORD = re.compile(r"\w+(?:['’.-]\w+)*")


def plain_text(html: str) -> str:
    """The words of `html`, one block a line."""
    html = NOT_TEXT.sub("", html)
    html = MATHS.sub(_alttext, html)
    html = CELL.sub(" ", BLOCK.sub("\n", html))
    return tidy_lines(unescape(TAG.sub("", html)))


def count_words(html: str) -> int:
    """Words of prose: code blocks do not count."""
    return count_plain_words(plain_text(CODE.sub("", html)))


def count_plain_words(text: str) -> int:
    unspaced = len(UNSPACED.findall(text))
    spaced = len(WORD.findall(UNSPACED.sub(" ", text)))
    return spaced + (unspaced + 1) // 2


def find_links(html: str) -> list[str]:
    """Every address that the author links to, in order, once each."""
    attributes = (match[1] for match in LINK.finditer(html) if not OURS.search(match[1]))
    found = (HREF.search(each) for each in attributes)
    return list(dict.fromkeys(unescape(match[1]) for match in found if match))


def first_paragraph(html: str) -> str:
    """The first `p` with words in it, or an empty string."""
    for match in PARAGRAPH.finditer(html):
        if plain_text(match[1]):
            return f"<p>{match[1]}</p>"
    return ""


def tidy_lines(text: str) -> str:
    """`text` without empty lines and with single blanks."""
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(filter(None, lines))


def _alttext(match: re.Match) -> str:
    found = ALTTEXT.search(match[1])
    return found[1] if found else match[0]
