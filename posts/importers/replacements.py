"""The plain Markdown that tags and shortcodes become."""

import re
from html import escape

from posts.importers.arguments import first

YOUTUBE = re.compile(r"(?:youtube(?:-nocookie)?\.com/embed/|youtu\.be/|[?&]v=)([\w-]{11})")


def image(source: str, alt: str = "", title: str = "", link: str = "") -> str:
    """A Markdown picture; its title becomes the caption."""
    alt = re.sub(r"([\[\]\\])", r"\\\1", " ".join(alt.split()))
    title = " ".join(title.split()).replace('"', "”")
    target = f"<{source}>" if re.search(r"[\s()]", source) else source
    picture = f'![{alt}]({target} "{title}")' if title else f"![{alt}]({target})"
    return f"[{picture}]({link})" if link else picture


# Tags that begin an HTML block (CommonMark 4.6), in which Markdown means nothing.
HTML_BLOCK = re.compile(
    r" {0,3}</?(?:address|article|aside|blockquote|center|details|div|dl|dd|dt|fieldset|figcaption"
    r"|figure|footer|h[1-6]|header|li|main|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead"
    r"|tr|ul)\b",
    re.IGNORECASE,
)
PICTURE = re.compile(
    r'!\[(?P<alt>(?:[^\[\]\\]|\\.)*)\]\((?:<(?P<spaced>[^<>]*)>|(?P<source>[^\s()]*))(?: "(?P<title>[^"]*)")?\)'
)


def fitting(markdown: str, found: re.Match) -> str:
    """`markdown` in place of `found`; as HTML where that stands inside an HTML block."""
    before = found.string[: found.start()]
    block = re.split(r"\n[ \t]*\n", before)[-1].lstrip("\n")
    if not HTML_BLOCK.match(block):
        return markdown
    return PICTURE.sub(as_html, markdown).strip("\n") if "![" in markdown else markdown


def as_html(picture: re.Match) -> str:
    alt = re.sub(r"\\(.)", r"\1", picture["alt"])
    source = picture["spaced"] or picture["source"] or ""
    title = f' title="{escape(picture["title"])}"' if picture["title"] else ""
    return f'<img src="{escape(source)}" alt="{escape(alt)}"{title}>'


def fence(code: str, info: str) -> str:
    """A fenced block whose fence is longer than any inside."""
    longest = max([2, *(len(ticks) for ticks in re.findall(r"^\s*(`{3,})", code, re.MULTILINE))])
    ticks = "`" * (longest + 1)
    code = code.strip("\n")
    return f"\n{ticks}{info}\n{code}\n{ticks}\n"


def own_line(text: str) -> str:
    """`text` as a paragraph of its own, as a video's address has to be."""
    return f"\n\n{text}\n\n"


def info(language: str, numbered: bool = False, lines: str = "", title: str = "") -> str:
    """The info string of our fences; see docs/markdown.md."""
    title = title.replace('"', "")
    parts = [language, f'title="{title}"' if title else "", f"hl={lines}" if lines else ""]
    return " ".join(part for part in [*parts, "linenos" if numbered else ""] if part)


def marked(named: dict[str, str]) -> str:
    found = first(named, "mark_lines", "hl_lines").strip("[]")
    return ",".join(re.findall(r"\d+(?:-\d+)?", found))


def youtube(listed: list[str], named: dict[str, str]) -> str:
    found = first(named, "id") or (listed or [""])[0]
    return own_line(video(found) if "/" in found else f"https://www.youtube.com/watch?v={found}")


def vimeo(listed: list[str], named: dict[str, str]) -> str:
    found = first(named, "id") or (listed or [""])[0]
    return own_line(found if "/" in found else f"https://vimeo.com/{found}")


def gist(listed: list[str], named: dict[str, str]) -> str:
    if not listed or not re.fullmatch(r"[-\w/]+", "/".join(listed[:2])):
        return ""
    address = f"https://gist.github.com/{listed[0]}"
    return f"[{address}]({address})"


def video(address: str) -> str:
    """The address of a video's own page, where it is known."""
    found = YOUTUBE.search(address)
    return f"https://www.youtube.com/watch?v={found[1]}" if found else address
