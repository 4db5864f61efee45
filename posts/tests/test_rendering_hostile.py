"""A corpus of attacks through all three renderers; the judge is a browser's parser, not ours."""

import re
from pathlib import Path

import html5lib
import pytest

from posts.rendering import absolute_urls, render_inline, render_post, render_visitor

CORPUS = (
    (Path(__file__).parent / "data/rendering/hostile.txt")
    .read_text(encoding="utf-8")
    .split("\n%%%%\n")
)
HTML = "{http://www.w3.org/1999/xhtml}"
MATHML = "{http://www.w3.org/1998/Math/MathML}"
FORBIDDEN = set(
    """applet base body button canvas dialog embed font form frame frameset head html iframe link
    marquee meta noscript object option plaintext portal script select slot style svg template
    textarea title xmp mglyph malignmark maction semantics annotation annotation-xml""".split()  # noqa: SIM905
)
VISITOR = set(
    """a blockquote br code del div em figure hr li ol p pre span strong table tbody td th thead tr
    ul""".split()  # noqa: SIM905
)
ATTRIBUTES = set(
    """abbr alt alttext aria-hidden aria-label cite class colspan controls checked data-code data-embed
    data-enlarge data-label data-lang data-line data-provider datetime decoding dir disabled display
    fetchpriority height href id lang loading open poster preload rel role rowspan sizes span src
    srcset start tabindex title type value width""".split()  # noqa: SIM905
)
MATH_ATTRIBUTES = re.compile(
    r"[a-z]+\Z"
)  # none of MathML's own can load or run; links are looked at below
ADDRESSES = {
    "href",
    "src",
    "srcset",
    "poster",
    "cite",
    "data-embed",
    "action",
    "formaction",
    "xlink:href",
}
SAFE = re.compile(r"(?:(?:https?|mailto|tel|sms|ircs?|xmpp):|[^:]*\Z|[^:/?#]*[/?#])", re.IGNORECASE)
SCHEME = re.compile(r"[\x00-\x20]*([a-z][a-z0-9+.-]*):", re.IGNORECASE)
SCHEMES = {"http", "https", "mailto", "tel", "sms", "irc", "ircs", "xmpp"}
PLAYERS = (
    "https://www.youtube-nocookie.com/embed/",
    "https://player.vimeo.com/video/",
    "https://speakerdeck.com/player/",
)


def faults(html: str, tags: set[str] | None = None) -> list[str]:
    """What in `html` could run, load, submit or pose as part of the page."""
    found = []
    for element in html5lib.parseFragment(html, treebuilder="etree").iter():
        if not isinstance(element.tag, str):
            found.append("comment")
            continue
        name = element.tag.removeprefix(HTML).removeprefix(MATHML)
        if name == "DOCUMENT_FRAGMENT":
            continue
        if "}" in name or name in FORBIDDEN or (tags is not None and name not in tags):
            found.append(f"tag {name}")
        if name == "input" and (
            element.get("type") != "checkbox" or "disabled" not in element.attrib
        ):
            found.append("input")
        is_maths = element.tag.startswith(MATHML)
        found += [
            f"{name} {key}={value!r}"
            for key, value in element.attrib.items()
            if not _is_harmless(key, value, is_maths)
        ]
    return found


def _is_harmless(name: str, value: str, is_maths: bool) -> bool:
    if name.startswith("on") or name in ("style", "name", "target", "ping", "download"):
        return False
    if name not in ATTRIBUTES and not (is_maths and MATH_ATTRIBUTES.match(name)):
        return False
    if name == "data-embed":
        return value.startswith(PLAYERS)
    if name == "id":
        return value.lower() not in (
            "content",
            "main",
            "comments",
            "constructor",
            "__proto__",
            "body",
            "cookie",
        )
    if name in ADDRESSES:
        scheme = SCHEME.match(re.sub(r"[\t\n\r]", "", value))
        return scheme is None or scheme[1].lower() in SCHEMES
    return True


def test_corpus_is_large():
    assert len(CORPUS) >= 150


@pytest.mark.parametrize(
    "html",
    [
        "<script>x</script>",
        '<p onclick="x">',
        '<a href="java&#9;script:x">',
        "<svg></svg>",
        "<form>",
        "<input>",
        '<p style="x">',
        "<!-- x -->",
        '<a name="x">',
        '<p id="main">',
        '<figure data-embed="https://evil.example/">',
    ],
)
def test_judge_sees_faults(html):
    assert faults(html)


@pytest.mark.parametrize("source", CORPUS)
def test_post_disarms(source):
    rendered = render_post(source)

    assert faults(rendered.html) == []
    assert faults(rendered.excerpt_html) == []
    assert faults(absolute_urls(rendered.html, "https://example.com/post/x/")) == []


@pytest.mark.parametrize("source", CORPUS)
def test_visitor_disarms(source):
    html = render_visitor(source)

    assert faults(html, VISITOR) == []
    assert html5lib.parseFragment(html).findall(".//*[@id]") == []
    assert all('rel="ugc nofollow noopener"' in tag for tag in re.findall("<a [^>]*>", html))


@pytest.mark.parametrize("source", CORPUS)
def test_inline_disarms(source):
    assert faults(render_inline(source)) == []


@pytest.mark.parametrize("source", CORPUS)
def test_post_survives_being_parsed_again(source):
    """Mutation attacks change their meaning when a page's HTML is parsed a second time."""
    once = html5lib.serialize(html5lib.parseFragment(render_post(source).html))

    assert faults(once) == []


def test_all_attacks_in_one_text_stay_disarmed():
    rendered = render_post("\n\n".join(CORPUS))

    assert faults(rendered.html) == []


def test_visitor_text_loses_direction_controls():
    html = render_visitor("a \u202eevil\u202c \u2066b")

    assert html == "<p>a evil b</p>\n"
