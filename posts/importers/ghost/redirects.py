"""The redirects that an owner of a Ghost site gave it, as far as they name one address each.

Their "from" is a regular expression. Most are plain addresses with some decoration, and those come
in; a true pattern would need a rule, and is told.
"""

import json
import re
from collections.abc import Iterator

from posts.importers import yaml
from posts.importers.archives.values import dict_of, line_of, list_of
from posts.importers.ghost.conversion import relative

SLASHED = re.compile(r"/(\^.*)/i\Z")  # "/^\/a/i": a pattern that does not look at case
OPTIONAL_SLASH = re.compile(r"(?:\(\\?/\?\)|\(\\?/\)\?|\\?/\?)\Z")
ESCAPED = re.compile(r"\\([/\-._~%])")
PATTERN = re.compile(r"[\\^$*+?()\[\]{}|]")
PERMANENT = ("301", "302")


def read(text: str, is_yaml: bool) -> Iterator[tuple[str, str]]:
    """Addresses and where they led, as written; raises ValueError for what is no such file."""
    try:
        data = yaml.load(text) if is_yaml else json.loads(text, strict=False)
    except RecursionError as error:
        raise ValueError from error
    for rule in list_of(data):
        yield line_of(dict_of(rule).get("from")), line_of(dict_of(rule).get("to"))
    for code in PERMANENT:
        for source, target in dict_of(dict_of(data).get(code)).items():
            yield line_of(source), line_of(target)


def plain(source: str, target: str) -> tuple[str, str] | None:
    """The two addresses; None where the rule is for many."""
    slashed = SLASHED.match(source)
    source = slashed[1] if slashed else source
    source = source.removeprefix("^").removesuffix("$")
    source = ESCAPED.sub(r"\1", OPTIONAL_SLASH.sub("", source))
    if not source.startswith("/") or PATTERN.search(source) or "$" in target or not target:
        return None
    return source, relative(target)
