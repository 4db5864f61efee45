"""Liquid, as Jekyll, Eleventy, Octopress and Pelican's liquid tags use it, in plain Markdown."""

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
    video,
    vimeo,
    youtube,
)

SITE_ADDRESS = re.compile(r"\{\{-?\s*site\.(?:baseurl|url|github\.url)\s*-?\}\}")
# `{{ "/x" | relative_url }}` and the like: the address itself, whatever was put before it.
ADDRESS = re.compile(
    r"\{\{-?\s*(?P<quote>[\"'])(?P<path>[^\"'{}]*)(?P=quote)\s*"
    r"(?:\|\s*(?:(?:relative|absolute)_url|url|prepend:\s*site\.(?:baseurl|url)"
    r"|uri_escape|url_encode)\s*)+-?\}\}"
)
EMBED = re.compile(r"\{\{-?\s*[\"'](?P<address>https?://[^\"'{}]+)[\"']\s*\|\s*embed\b[^{}]*\}\}")
TAG = re.compile(r"\{%-?\s*(?P<name>\w+)(?P<args>(?:\s(?:[^%]|%(?!\}))*?)?)\s*-?%\}")
# In the name of an include, as in `figure.html`, `responsive-image.html` and `linked-figure.html`.
PICTURE_WORDS = {"figure", "image", "img", "picture"}
COMMENT_TAG = re.compile(r"\{%-?\s*comment\s*-?%\}.*?\{%-?\s*endcomment\s*-?%\}", re.DOTALL)


def plain_addresses(text: str) -> str:
    """`text` with the addresses that Liquid would have built written out as paths."""
    return ADDRESS.sub(lambda found: path_of(found["path"]), SITE_ADDRESS.sub("", text))


def path_of(path: str) -> str:
    if re.match(r"https?:|mailto:|#", path):
        return path
    return "/" + path.lstrip("/")


def convert(text: str, find_post: Callable[[str], str]) -> str:
    """Tags with a plain meaning as Markdown; the others stay as they are.

    `find_post` gives the new path for the name of a file, or "".
    """
    text = COMMENT_TAG.sub("", text)
    text = EMBED.sub(lambda found: own_line(video(found["address"])), plain_addresses(text))
    return TAG.sub(lambda found: fitting(tag(found, find_post), found), text)


def tag(found: re.Match, find_post: Callable[[str], str]) -> str:
    name = found["name"]
    listed, named = parse(found["args"] or "")
    if name in {"post_url", "link"} and listed:
        path = find_post(listed[0].rpartition("/")[2].removesuffix(".md"))
        return path or found[0]
    if name == "include" and listed:
        return include(listed[0], named) or found[0]
    if name in TAGS:
        return TAGS[name](listed, named) or found[0]
    return found[0]


def include(file: str, named: dict[str, str]) -> str:
    """Includes that themes share: pictures and videos. Others are programs, and give ""."""
    if any(value.startswith(("page.", "include.", "site.")) for value in named.values()):
        return ""
    name = file.rpartition("/")[2].partition(".")[0].lower().replace("_", "-")
    address = first(named, "src", "url", "image-path", "image_path", "path", "image", "file")
    identity = first(named, "id", "video-id", "video_id", "youtube-id")
    if "youtube" in name and identity:
        return own_line(f"https://www.youtube.com/watch?v={identity}")
    if "vimeo" in name and identity:
        return own_line(f"https://vimeo.com/{identity}")
    if PICTURE_WORDS & set(name.split("-")) and address:
        caption = first(named, "caption", "title")
        return image(address, first(named, "alt") or caption, caption, first(named, "link"))
    return ""


def picture(listed: list[str], named: dict[str, str]) -> str:
    """`{% img [class] path [width [height]] [title [alt]] %}`, `{% image path [class] alt %}`."""
    place = next((n for n, word in enumerate(listed) if re.search(r"[/.]", word)), None)
    if place is None:
        source, words = first(named, "src", "path", "url"), []
    else:
        source, words = listed[place], listed[place + 1 :]
    if not source or "{{" in source:
        return ""
    words = [word for word in words if not re.fullmatch(r"\d+(px|%)?|", word)]
    alt = first(named, "alt") or (words[-1] if words else "")
    if re.match(r"(assets|images|img|static)/", source):
        source = f"/{source}"
    return image(source, alt, first(named, "caption", "title"))


def film(listed: list[str], named: dict[str, str]) -> str:
    """`{% video address … %}`: a link, as a page cannot play what it does not have."""
    address = (listed or [""])[0]
    return f"[{address.rpartition('/')[2]}]({address})" if "/" in address else ""


TAGS = {
    "img": picture,
    "image": picture,
    "image_with_class": picture,
    "youtube": youtube,
    "vimeo": vimeo,
    "video": film,
    "gist": gist,
}


def block(piece: Piece) -> str:
    """A block tag whose content is code: `{% highlight python linenos %}` and Octopress's."""
    if piece.kind == "liquid comment":
        return ""
    listed, named = parse(piece.args)
    if piece.kind == "liquid codeblock":
        language = next((word[5:] for word in listed if word.startswith("lang:")), "")
        title = " ".join(word for word in listed if ":" not in word)
        return fence(piece.text, info(language, title=title))
    language = listed[0] if listed else ""
    numbered = "linenos" in listed or "linenos" in named
    return fence(piece.text, info(language, numbered, marked(named)))
