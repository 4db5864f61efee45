"""Pictures, links and names in the HTML that authors write themselves."""

import re
from dataclasses import dataclass
from html import unescape

# No branch of it can take what another takes, and none goes past a `<`: the work is linear.
TAG = re.compile(
    r"""<(img|a)\b((?:[^<>"']|"[^"<]{0,2000}"|'[^'<]{0,2000}'){0,500})>""", re.IGNORECASE
)
ATTRIBUTE = re.compile(
    r"""(?<![^\s"'/])(src|href|alt)\b(?:\s{0,20}=\s{0,20}(?:"([^"]*)"|'([^']*)'|([^\s"']+)))?""",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Tag:
    name: str
    attributes: dict[str, str]
    line: int  # of the HTML, from 0


def tags(html: str) -> list[Tag]:
    """The `img` and `a` elements of `html`; what a comment hides is not among them."""
    html = without_comments(html)
    found = []
    for match in TAG.finditer(html):
        attributes = {
            name.lower(): unescape(double or single or bare)
            for name, double, single, bare in ATTRIBUTE.findall(match[2])
        }
        found.append(Tag(match[1].lower(), attributes, html.count("\n", 0, match.start())))
    return found


def without_comments(html: str) -> str:
    """`html` with blanks in place of comments, so that its lines stay where they are."""
    parts, place = [], 0
    while (start := html.find("<!--", place)) >= 0:
        end = html.find("-->", start)
        end = len(html) if end < 0 else end + 3
        parts += [html[place:start], "\n" * html.count("\n", start, end)]
        place = end
    return "".join([*parts, html[place:]])
