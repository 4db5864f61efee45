"""Whether a block of code is what it says: Python, JSON, TOML or YAML that can be read.

Nothing is ever run, and nothing is built: the parsers only say whether they understand. Authors
leave things out of a sample, so what is plainly left out is no mistake.
"""

import ast
import json
import re
import threading
import tomllib
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from itertools import islice
from textwrap import dedent, indent

import yaml

MAX_LENGTH = 20_000  # characters; longer samples are not read
MAX_LINE = 2_000
MAX_EVENTS = 20_000  # of YAML
MAX_PARTS = 200  # of a sample that are read one by one; each costs several tries
MAX_DEPTH = 100  # brackets open at once; parsers recurse
LOADER = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
PROMPT = re.compile(r"(?m)^[ \t]*(?:>>>|\.\.\.)(?: |$)")
LEFT_OUT = re.compile(r"(?m)^[ \t]*#[ \t]*\.\.\.")
EMPTY_LINE = re.compile(r"\n[ \t]*\n")
MAGIC = re.compile(r"(?m)^\s*[%!]")  # of IPython
NAMES = {
    **dict.fromkeys(("python", "py", "python3", "py3", "pycon"), "Python"),
    "json": "JSON",
    "toml": "TOML",
    "yaml": "YAML",
    "yml": "YAML",
}
# What is wrong is told by an exception; these say that there is no telling.
BEYOND = (RecursionError, MemoryError, OverflowError)
# Python warns of odd escapes while it reads; filters of warnings belong to the whole process.
_reading_python = threading.Lock()


@dataclass(frozen=True)
class Problem:
    words: str
    line: int = 0  # of the sample, from 1; 0 where nobody knows


def problem_of(source: str, language: str) -> Problem | None:
    """What is wrong with a sample; None also where that cannot be said."""
    readers: dict[str, Callable] = {
        "Python": python,
        "JSON": read_json,
        "TOML": read_toml,
        "YAML": read_yaml,
    }
    reader = readers.get(NAMES.get(language, ""))
    if reader is None or not source.strip() or is_beyond(source):
        return None
    try:
        return reader(source)
    except BEYOND:
        return None


def is_beyond(source: str) -> bool:
    """Whether a parser should not be troubled with it."""
    if len(source) > MAX_LENGTH or max(map(len, source.split("\n"))) > MAX_LINE:
        return True
    return sum(source.count(bracket) for bracket in "([{") > MAX_DEPTH * 20 or too_deep(source)


def too_deep(source: str) -> bool:
    depth = 0
    for sign in source:
        depth += (sign in "([{") - (sign in ")]}")
        if depth > MAX_DEPTH:
            return True
    return False


# --- Python -----------------------------------------------------------------------


def python(source: str) -> Problem | None:
    if PROMPT.match(source.lstrip("\n")):
        return session(source)
    if MAGIC.search(source):
        return None
    return statements(source)


def session(source: str) -> Problem | None:
    """What was typed at the prompt, statement by statement; answers are left out."""
    if "SyntaxError" in source or "IndentationError" in source:  # that is what it shows
        return None
    typed: list[str] = []
    lines: list[int] = []
    for number, written in enumerate(source.split("\n"), start=1):
        line = written.strip()
        if line.startswith(">>>"):
            typed.append(line[4:])
            lines.append(number)
        elif line.startswith("...") and typed:
            typed[-1] += "\n" + written.lstrip()[4:]
    for statement, number in islice(zip(typed, lines, strict=True), MAX_PARTS):
        problem = None if statement.lstrip().startswith(("%", "!")) else statements(statement)
        if problem:
            return Problem(problem.words, number + max(0, problem.line - 1))
    return None


def statements(source: str) -> Problem | None:
    """A program, or a part of one: indented, or the inside of a function, or a body left out."""
    source = source.replace("…", "...")
    whole = parsed(source)
    if whole is None:
        return None
    flat = dedent(source)
    wrapped = "async def _():\n" + indent(flat, " ")
    others = (flat, wrapped, f"{flat.rstrip()}\n{body_after(flat)}")
    if any(parsed(other) is None for other in others) or LEFT_OUT.search(source):
        return None
    # Pieces from several places of a program, each indented as it is there.
    pieces = EMPTY_LINE.split(source)
    if len(pieces) > MAX_PARTS:
        return None
    return None if all(parsed(dedent(piece)) is None for piece in pieces) else whole


def body_after(source: str) -> str:
    """`pass`, one step deeper than the last line of code: where only a head is shown."""
    lines = [line for line in source.split("\n") if line.strip() and line.lstrip()[0] != "#"]
    last = lines[-1] if lines else ""
    return " " * (len(last) - len(last.lstrip()) + 4) + "pass"


def parsed(source: str) -> Problem | None:
    """Why Python does not read `source`; None where it does."""
    try:
        with _reading_python, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except SyntaxError as error:
        return Problem(error.msg, error.lineno or 0)
    except ValueError as error:
        return Problem(str(error))
    return None


# --- Data -------------------------------------------------------------------------


def read_json(source: str) -> Problem | None:
    problem = not_json(source)
    if problem is None or "..." in source or "…" in source:
        return None
    lines = [line for line in source.split("\n") if line.strip()]
    # One value a line, as logs have it.
    is_lines = len(lines) > 1 and all(not_json(line) is None for line in lines)
    return None if is_lines else problem


def not_json(source: str) -> Problem | None:
    try:
        json.loads(source, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        return Problem(error.msg, error.lineno)
    return None


def read_toml(source: str) -> Problem | None:
    try:
        tomllib.loads(source, parse_float=str)
    except ValueError as error:  # of which TOMLDecodeError is one, and a number too long another
        where = re.search(r"line (\d+)", str(error))
        left_out = re.search(r"(?m)^\s*(?:\.\.\.|…)\s*$", source)
        return None if left_out else Problem(str(error), int(where[1]) if where else 0)
    return None


def read_yaml(source: str) -> Problem | None:
    if "{{" in source or "{%" in source:  # a template of YAML
        return None
    try:
        for _event in islice(yaml.parse(source, Loader=LOADER), MAX_EVENTS):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        return Problem(error.problem or "", mark.line + 1 if mark else 0)
    except (yaml.YAMLError, ValueError) as error:
        return Problem(" ".join(str(error).split()))
    return None
