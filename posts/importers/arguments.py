"""The arguments of Liquid tags and Hugo shortcodes."""

import re

ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*=\s*)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|`(?P<tick>[^`]*)`|(?P<word>[^\s"'`]+))"""
)


def parse(text: str) -> tuple[list[str], dict[str, str]]:
    """`a "b c" key="d"` as (["a", "b c"], {"key": "d"}); keys in lower case."""
    listed, named = [], {}
    for found in ARGUMENT.finditer(text):
        double = found["double"]
        if double is not None:
            value = re.sub(r'\\(["\\])', r"\1", double)
        else:
            value = next(
                part for part in (found["single"], found["tick"], found["word"]) if part is not None
            )
        if found["key"]:
            named[found["key"].lower()] = value
        else:
            listed.append(value)
    return listed, named


def image(source: str, alt: str = "", title: str = "", link: str = "") -> str:
    """A Markdown picture; its title becomes the caption."""
    alt = re.sub(r"([\[\]\\])", r"\\\1", " ".join(alt.split()))
    title = " ".join(title.split()).replace('"', "”")
    target = f"<{source}>" if re.search(r"[\s()]", source) else source
    picture = f'![{alt}]({target} "{title}")' if title else f"![{alt}]({target})"
    return f"[{picture}]({link})" if link else picture


def fence(code: str, info: str) -> str:
    """A fenced block whose fence is longer than any inside."""
    longest = max([2, *(len(ticks) for ticks in re.findall(r"^\s*(`{3,})", code, re.MULTILINE))])
    ticks = "`" * (longest + 1)
    code = code.strip("\n")
    return f"\n{ticks}{info}\n{code}\n{ticks}\n"


def own_line(text: str) -> str:
    """`text` as a paragraph of its own, as a video's address has to be."""
    return f"\n\n{text}\n\n"
