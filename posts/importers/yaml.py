"""YAML from strangers: every scalar stays the string it was, and nothing is ever built."""

import yaml as pyyaml

LOADER = getattr(pyyaml, "CBaseLoader", pyyaml.BaseLoader)
MAX_LENGTH = 200_000  # characters; front matter of a page is a hundredth of it
MAX_DEPTH = 30  # the C loader recurses without a guard of its own
MAX_ALIASES = 20  # "billion laughs" needs 81; two a level would still be only a thousand nodes
MAX_NODES = 50_000


class Unreadable(ValueError):
    """Front matter or settings that cannot be read; the message says what is wrong."""


def load(text: str):
    """Strings, lists and dicts for the YAML in `text`; raises Unreadable.

    Tags such as `!!python/object` are ignored. `no` stays "no" and 1.10 stays "1.10", as an
    author would expect of a tag.
    """
    if len(text) > MAX_LENGTH:
        raise Unreadable("too long")
    try:
        check_shape(text)
        return pyyaml.load(text, Loader=LOADER)  # noqa: S506 (the base loader builds nothing)
    except pyyaml.YAMLError as error:
        raise Unreadable(in_one_line(error)) from error
    except (ValueError, RecursionError) as error:
        raise Unreadable(str(error)) from error


def check_shape(text: str) -> None:
    """Refuse what would take too much to build, by reading its events alone."""
    depth = aliases = 0
    for number, event in enumerate(pyyaml.parse(text, Loader=LOADER)):
        if isinstance(event, pyyaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, pyyaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, pyyaml.AliasEvent):
            aliases += 1
        if depth > MAX_DEPTH or aliases > MAX_ALIASES or number > MAX_NODES:
            raise Unreadable("nested too deeply, or with too many aliases")


def in_one_line(error: pyyaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or str(error)
    return f"{problem} (line {mark.line + 1})" if mark else " ".join(problem.split())
