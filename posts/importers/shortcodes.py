"""Hugo's shortcodes in plain Markdown."""

import re
from collections.abc import Callable

from posts.importers.arguments import first, parse
from posts.importers.pieces import Piece
from posts.importers.replacements import (
    fence,
    fitting,
    gist,
    image,
    info,
    marked,
    own_line,
    vimeo,
    youtube,
)

SHORTCODE = re.compile(r"\{\{([<%])\s*(?P<name>[\w./-]+)(?P<args>(?:\s[^{}]*?)?)\s*/?[>%]\}\}")
# How an author shows a shortcode instead of using it.
SHOWN = re.compile(r"\{\{([<%])/\*(.*?)\*/([>%])\}\}", re.DOTALL)


def convert(text: str, find_post: Callable[[str], str]) -> str:
    """Shortcodes with a plain meaning as Markdown; the others stay as they are."""
    return SHORTCODE.sub(lambda found: fitting(shortcode(found, find_post), found), text)


def show(text: str) -> str:
    return SHOWN.sub(r"{{\1\2\3}}", text)


def shortcode(found: re.Match, find_post: Callable[[str], str]) -> str:
    name = found["name"].lower()
    listed, named = parse(found["args"] or "")
    if name in {"ref", "relref"}:
        return reference(first(named, "path") or (listed or [""])[0], find_post) or found[0]
    if name in SHORTCODES:
        return SHORTCODES[name](listed, named) or found[0]
    return found[0]


def reference(target: str, find_post: Callable[[str], str]) -> str:
    path, mark, fragment = target.partition("#")
    if not path:
        return mark + fragment
    path = re.sub(r"(/_?index)?(\.\w{2})?\.md\Z", "", path.rstrip("/"))
    new = find_post(path.rpartition("/")[2])
    return new + mark + fragment if new else ""


def user_gist(listed: list[str], named: dict[str, str]) -> str:
    """`{{< gist user id [file] >}}`."""
    return gist(["/".join(listed[:2])], named) if len(listed) > 1 else ""


def figure(listed: list[str], named: dict[str, str]) -> str:
    source = first(named, "src") or (listed or [""])[0]
    if not source:
        return ""
    caption = ". ".join(filter(None, [first(named, "title"), first(named, "caption")]))
    attribution = first(named, "attr")
    caption = " ".join(filter(None, [caption, f"({attribution})" if attribution else ""]))
    alt = first(named, "alt") or caption
    return own_line(image(source, alt, caption, first(named, "link")))


def tweet(listed: list[str], named: dict[str, str]) -> str:
    user, number = first(named, "user"), first(named, "id") or (listed or [""])[-1]
    if not number.isdigit():
        return ""
    address = f"https://twitter.com/{user or 'i/web'}/status/{number}"
    return f"[{address}]({address})"


def instagram(listed: list[str], named: dict[str, str]) -> str:
    found = first(named, "id") or (listed or [""])[0]
    address = f"https://www.instagram.com/p/{found}/"
    return f"[{address}]({address})" if found else ""


SHORTCODES = {
    "figure": figure,
    "img": figure,
    "image": figure,
    "youtube": youtube,
    "vimeo": vimeo,
    "gist": user_gist,
    "tweet": tweet,
    "twitter": tweet,
    "x": tweet,
    "instagram": instagram,
}


def block(piece: Piece) -> str:
    """`{{< highlight go "linenos=table,hl_lines=3-5" >}}`."""
    listed, named = parse(piece.args)
    options = dict(re.findall(r"(\w+)=(\[[^\]]*\]|[^,]+)", ",".join(listed[1:]))) | named
    numbered = options.get("linenos", "false").lower() not in {"false", "0"}
    language = first(options, "lang", "language") or (listed or [""])[0]
    return fence(piece.text, info(language, numbered, marked(options)))
