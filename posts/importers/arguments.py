"""The arguments of Liquid tags and Hugo shortcodes."""

import re

ARGUMENT = re.compile(
    r"""(?:(?P<key>[\w-]+)\s*(?:=|:(?=\s))\s*)?(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>[^']*)'|`(?P<tick>[^`]*)`|(?P<word>[^\s"'`,][^\s"'`]*))"""
)


def parse(text: str) -> tuple[list[str], dict[str, str]]:
    """`a "b c" key="d"` as (["a", "b c"], {"key": "d"}); keys in lower case.

    Also as newer Liquid writes it: `"a", key: "d"`.
    """
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


def first(named: dict[str, str], *keys: str) -> str:
    return next((named[key] for key in keys if named.get(key)), "")
