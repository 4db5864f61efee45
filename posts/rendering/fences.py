"""What an author asks of a code block in the words after the three backticks."""

import re
from dataclasses import dataclass

MAX_INFO = 500
MAX_RANGES = 50
MAX_LINE_NUMBER = 1_000_000
WORD = re.compile(
    r"""(?P<key>[A-Za-z_][\w-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<list>\[[^\]]*\])|(?P<bare>[^\s{},]+))"""
    r"""|(?P<flag>[^\s{},]+)"""
)
RANGE = re.compile(r"(\d{1,7})(?:\s*-\s*(\d{1,7}))?")
FALSE = {"false", "0", "no", "none"}


@dataclass(frozen=True)
class Fence:
    """`ranges` are pairs of first and last line as the author counts them, from `start`."""

    language: str = ""
    title: str = ""
    ranges: tuple[tuple[int, int], ...] = ()
    numbered: bool = False
    start: int = 1
    diff: bool = False

    def marks(self, number: int) -> bool:
        """Whether the line with this number is to be marked."""
        return any(first <= number <= last for first, last in self.ranges)


def read_info(info: str) -> Fence:
    """The wishes in `python title="app.py" hl=3-5,8 linenos start=10 diff`.

    Hugo's `{hl_lines=[1,"3-5"],linenos=true,linenostart=10}` is understood as well. Unknown
    words are left out without complaint, as CommonMark asks.
    """
    language, _, rest = info.strip()[:MAX_INFO].partition(" ")
    if "{" in language:
        language, _, attached = language.partition("{")
        rest = f"{attached} {rest}"
    # A language that is nothing but a setting was none: ```title=app.py
    if "=" in language:
        language, rest = "", f"{language} {rest}"
    wishes = _read_words(rest)
    if ":" in language and "." in language.partition(":")[2]:
        language, _, name = language.partition(":")
        wishes.setdefault("title", name)
    return Fence(
        language=language,
        title=(wishes.get("title") or wishes.get("filename") or wishes.get("file") or "").strip(),
        ranges=_read_ranges(wishes.get("hl") or wishes.get("hl_lines") or ""),
        numbered=_is_on(wishes, "linenos") or _is_on(wishes, "linenums"),
        start=_read_start(wishes.get("start") or wishes.get("linenostart") or "1"),
        diff=_is_on(wishes, "diff"),
    )


def _read_words(text: str) -> dict[str, str]:
    wishes = {}
    for match in WORD.finditer(text):
        if match["flag"]:
            wishes[match["flag"].lower()] = "true"
        else:
            value = next(
                v for k in ("double", "single", "list", "bare") if (v := match[k]) is not None
            )
            # `hl=3-5,8`: the comma ends a bare word only where another setting follows it.
            wishes[match["key"].lower()] = value
            if match["bare"] is not None:
                tail = re.compile(r"(?:,\d[\d-]*)+").match(text, match.end())
                wishes[match["key"].lower()] += tail[0] if tail else ""
    return wishes


def _is_on(wishes: dict[str, str], name: str) -> bool:
    return name in wishes and wishes[name].lower() not in FALSE


def _read_ranges(text: str) -> tuple[tuple[int, int], ...]:
    found = ((int(a), int(b or a)) for a, b in RANGE.findall(text))
    return tuple((first, last) for first, last in found if 0 < first <= last)[:MAX_RANGES]


def _read_start(text: str) -> int:
    return min(int(text), MAX_LINE_NUMBER) if text.isascii() and text.isdigit() else 1
