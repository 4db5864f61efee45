"""WordPress's shortcodes as HTML, where they have a plain meaning."""

import re
from collections.abc import Callable
from html import escape, unescape

from posts.importers.html.embeds import plain_address
from posts.rendering.limits import names

# Gets the name, the attributes and what stands between the two ends; answers with HTML or None.
Expand = Callable[[str, dict[str, str], str], str | None]

# No bracket may stand inside, so that each `[` is looked at once.
OPENING = re.compile(
    r"(?P<shown>\[?)\[(?P<name>[A-Za-z][\w-]{0,60})(?P<rest>(?:[\s=:](?:\"[^\"\[\]]*\"|'[^'\[\]]*'|[^\[\]\"'])*)?)/?\]"
)
ARGUMENT = re.compile(
    r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))|"([^"]*)"|'([^']*)'|([^\s"'=]+)"""
)
GUARDED = re.compile(r"<(pre|code|script|style|textarea)\b|<!--", re.IGNORECASE)
CODE = names("code sourcecode source cc codeblock highlight")
LANGUAGES = names(
    """actionscript3 as3 bash shell coldfusion cf clojure cpp c csharp css delphi pascal diff patch
    erlang fsharp go groovy html java javafx javascript js latex matlab objc perl php plain powershell
    python py r rails rails ruby scala sql swift vb vbnet xml yaml"""
)
NOTES = names("efn_note footnote footnotes_plugin fn mfn ref")
KNOWN = names(
    "gallery playlist contact-form contact-form-7 recent-posts archives slideshow wpvideo"
)
PICTURE = re.compile(
    r"\s*((?:<a\b[^>]*>\s*)?<img\b[^>]*>(?:\s*</a>)?)(.*)", re.DOTALL | re.IGNORECASE
)
LATEX = re.compile(r"\$latex[\s=]([^$<\n]{1,2000})\$")
YOUTUBE_ID = re.compile(r"[\w-]{11}\Z", re.ASCII)


def expand_shortcodes(text: str, expand: Expand | None = None) -> tuple[str, list[str]]:
    """The text with what shortcodes mean in their place, and what to say of those left alone."""
    return _Expansion(text, expand).run()


class _Expansion:
    def __init__(self, text: str, expand: Expand | None):
        self.text, self.expand = text, expand
        self.lower = text.lower() if len(text.lower()) == len(text) else text
        self.unknown: list[str] = []
        self.missing: set[str] = set()  # ends that do not come any more

    def run(self) -> tuple[str, list[str]]:
        parts, at = [], 0
        for start, end in self._guarded():
            parts += [self._plain(at, start), self.text[start:end]]
            at = end
        parts.append(self._plain(at, len(self.text)))
        return "".join(parts), self.unknown

    def _guarded(self):
        """Where code stands, in which brackets are brackets; shortcodes of code come first."""
        at = 0
        while match := GUARDED.search(self.text, at):
            end_mark = "-->" if match[1] is None else f"</{match[1].lower()}"
            code = self._code_before(at, match.start())
            if code is not None:
                at = code
                continue
            end = self._find(end_mark, match.end())
            if end < 0:
                at = match.end()
                continue
            at = end
            yield match.start(), end

    def _code_before(self, at: int, limit: int) -> int | None:
        """The end of the first block of code by shortcode that holds the place `limit`."""
        for match in OPENING.finditer(self.text, at, limit):
            if self._is_code(match["name"]):
                end = self._find(f"[/{match['name'].lower()}]", match.end())
                if end > limit:
                    return end
        return None

    def _is_code(self, name: str) -> bool:
        return name.lower() in CODE or name.lower() in LANGUAGES

    def _find(self, mark: str, start: int) -> int:
        """Where `mark` begins, at or after `start`, or -1."""
        if mark in self.missing:
            return -1
        found = self.lower.find(mark, start)
        if found < 0:
            self.missing.add(mark)
        return found

    def _plain(self, start: int, end: int) -> str:
        """A part without code, its shortcodes expanded."""
        parts, at = [], start
        while match := OPENING.search(self.text, at, end):
            parts.append(_formulas(self.text[at : match.start()]))
            at = match.end()
            if match["shown"] and self.text.startswith("]", at):  # [[so]] authors show one
                parts.append(match[0][1:])
                at += 1
                continue
            if match["shown"]:
                parts.append("[")
            made, at = self._one(match, end)
            parts.append(made)
        parts.append(_formulas(self.text[at:end]))
        return "".join(parts)

    def _one(self, match: re.Match, limit: int) -> tuple[str, int]:
        """What stands for a shortcode, and where the text goes on."""
        name = match["name"].lower()
        typed = match[0].removeprefix("[") if match["shown"] else match[0]
        close = self._find(f"[/{name}]", match.end())
        has_end = 0 <= close < limit
        content = self.text[match.end() : close] if has_end else ""
        after = close + len(name) + 3 if has_end else match.end()
        named, listed = arguments(match["rest"])
        if self.expand and (made := self.expand(name, named, content)) is not None:
            return made, after
        made = _meaning(name, named, listed, content, has_end)
        if made is not None:
            return made, after
        if "=" in match["rest"] or has_end or name in KNOWN:
            self.unknown.append(f"shortcode {name}")
        return typed, match.end()


def arguments(text: str) -> tuple[dict[str, str], list[str]]:
    """The named and the other arguments of a shortcode."""
    named: dict[str, str] = {}
    listed: list[str] = []
    for found in ARGUMENT.finditer(text.replace("&quot;", '"')):
        if found[1]:
            named[found[1].lower()] = unescape(
                next(v for v in found.group(2, 3, 4) if v is not None)
            )
        else:
            listed.append(
                unescape(next(v for v in found.group(5, 6, 7) if v is not None)).lstrip("=:")
            )
    return named, [value for value in listed if value]


def _meaning(name: str, named: dict, listed: list[str], content: str, has_end: bool) -> str | None:
    if has_end and (name in CODE or name in LANGUAGES):
        return _code(name, named, listed, content)
    if name in ("caption", "wp_caption") and has_end:
        return _caption(named, content)
    if name in NOTES and has_end:
        return f"<inline-note>{content}</inline-note>"
    if name in ("latex", "math") and has_end:
        return _script(unescape(content))
    if name == "embed" and has_end:
        return f"\n\n{content.strip()}\n\n"
    if name in PLAYERS:
        address = PLAYERS[name](
            named.get("url") or named.get("id") or (listed or [content.strip()])[0]
        )
        return f"\n\n{escape(address)}\n\n" if address else None
    if name in ("audio", "video"):
        return _player(name, named, listed)
    return None


def _code(name: str, named: dict, listed: list[str], content: str) -> str:
    language = named.get("language") or named.get("lang") or named.get("type") or ""
    if name in LANGUAGES:
        language = name
    elif not language and listed and name == "highlight":
        language = listed[0]
    # Some versions of the plug-in store the code as typed, others with entities.
    if "<" not in content and "&" in content:
        content = unescape(content)
    title = f' data-title="{escape(named["title"])}"' if named.get("title") else ""
    body = escape(content.replace("\r\n", "\n").removeprefix("\n"))
    return f'\n<pre class="brush: {escape(language)}"{title}>\n{body}</pre>\n'


def _caption(named: dict, content: str) -> str:
    match = PICTURE.match(content)
    if match is None:
        return content
    words = named.get("caption") or match[2]
    return f"\n<figure>{match[1]}<figcaption>{words.strip()}</figcaption></figure>\n"


def _script(tex: str) -> str:
    tex = tex.replace("</", "< /")
    return f'<script type="math/tex">{tex}</script>'


def _formulas(text: str) -> str:
    return LATEX.sub(lambda found: _script(unescape(found[1]).strip()), text)


def _player(name: str, named: dict, listed: list[str]) -> str | None:
    kinds = ("src", "mp4", "m4v", "webm", "ogv", "mp3", "m4a", "ogg", "oga", "wav", "flac")
    source = next((named[kind] for kind in kinds if named.get(kind)), (listed or [""])[0])
    if not source:
        return None
    return f'\n<{name} controls src="{escape(source)}"></{name}>\n'


def _address(value: str, prefix: str) -> str:
    value = value.strip()
    if value.startswith(("http://", "https://", "//")):
        return plain_address(value)
    return prefix + value if re.fullmatch(r"[\w-]{1,40}", value, re.ASCII) else ""


PLAYERS = {
    "youtube": lambda value: _address(value, "https://www.youtube.com/watch?v="),
    "vimeo": lambda value: _address(value, "https://vimeo.com/"),
    "dailymotion": lambda value: _address(value, "https://www.dailymotion.com/video/"),
    "soundcloud": lambda value: _address(value, "https://soundcloud.com/"),
    "gist": lambda value: _address(value, "https://gist.github.com/"),
    "tweet": lambda value: _address(value, "https://twitter.com/i/web/status/"),
}
