"""The fields at the head of a file: YAML, TOML, JSON, Pelican's `Key: value`, or none."""

import json
import re
import tomllib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posts.importers import yaml
from posts.importers.fields import Fields

YAML = re.compile(r"\A---[ \t]*\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
TOML = re.compile(r"\A\+\+\+[ \t]*\n(.*?)^\+\+\+[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
JSON = re.compile(r'\A\{\s*["}]')
META_LINE = re.compile(r"[ ]{0,3}([\w-]+):(?:[ \t]+(.*)|[ \t]*)\Z")  # as Python-Markdown reads it
META_MORE = re.compile(r"(?:[ ]{4,}|\t)(.*)\Z")
LOOSE_LINE = re.compile(r"([\w-]+):(?:[ \t]+(.*)|[ \t]*)\Z")
LOOSE_ITEM = re.compile(r"[ \t]*-[ \t]+(.*)\Z")
# A line such as "Note: see below" opens many a text; one of these must be there as well.
META_KEYS = {
    "title", "date", "modified", "tags", "keywords", "category", "slug", "author", "authors",
    "summary", "lang", "translation", "status", "template", "save_as", "url",
}  # fmt: skip


@dataclass(frozen=True)
class Head:
    """What was found: the fields, the text after them, how they were written, what was wrong."""

    fields: Fields
    body: str
    kind: str = "none"  # or yaml, toml, json, meta, broken
    problem: str = ""


def split(text: str) -> Head:
    """Take `text` apart. Never raises: broken front matter is read as far as it makes sense."""
    for kind, pattern, load in (("yaml", YAML, yaml.load), ("toml", TOML, load_toml)):
        if found := pattern.match(text):
            return read(kind, found[1], text[found.end() :], load)
    if text.startswith(("---\n", "+++\n")) and LOOSE_LINE.match(text[4:].partition("\n")[0]):
        fields, body = loose_fields(text[4:])
        return Head(fields, body, "broken", _("The front matter has no end."))
    if JSON.match(text):
        return split_json(text)
    return split_meta(text)


def read(kind: str, source: str, body: str, load) -> Head:
    try:
        values = load(source)
    except yaml.Unreadable as error:
        return repaired(kind, source, body, str(error))
    if not values:
        return Head(Fields({}), body, kind)
    if not isinstance(values, dict):
        reason = _("The front matter is not a list of keys and values; it was left out.")
        return Head(Fields({}), body, "broken", reason)
    tabs = kind == "yaml" and "\t" in source
    remark = _("The front matter holds tabs, which YAML mostly forbids; check it.") if tabs else ""
    return Head(Fields(values), body, kind, remark)


def repaired(kind: str, source: str, body: str, reason: str) -> Head:
    """Read broken front matter as far as it goes.

    Its title and date are worth having, and above all `draft: true` must not be overlooked.
    """
    reason = _("The front matter is broken (%s); it was read as far as possible.") % reason
    if kind == "yaml" and "\t" in source:
        try:
            values = yaml.load(source.expandtabs(2))
            if isinstance(values, dict):
                return Head(Fields(values), body, "broken", reason)
        except yaml.Unreadable:
            pass
    if kind == "toml":
        source = re.sub(r"^([\w-]+)\s*=\s*", r"\1: ", source, flags=re.MULTILINE)
    return Head(loose_fields(source)[0], body, "broken", reason)


def loose_fields(source: str) -> tuple[Fields, str]:
    """Top-level `key: value` lines and `- item` lines, and what follows the first other line."""
    values, key = {}, ""
    lines = source.split("\n")
    for number, line in enumerate(lines):
        if found := LOOSE_LINE.match(line):
            key = found[1]
            values[key] = unquoted(found[2] or "")
        elif (found := LOOSE_ITEM.match(line)) and key:
            before = values[key] if isinstance(values[key], list) else []
            values[key] = [*before, unquoted(found[1])]
        elif not line.strip():
            return Fields(values), "\n".join(lines[number:])
    return Fields(values), ""


def unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1]
    return value


def load_toml(source: str) -> dict:
    """Like the YAML: nested values, with dates as objects of datetime; raises Unreadable."""
    if len(source) > yaml.MAX_LENGTH:
        raise yaml.Unreadable("too long")
    try:
        return tomllib.loads(source)
    except (ValueError, RecursionError) as error:
        raise yaml.Unreadable(str(error)) from error


def split_json(text: str) -> Head:
    try:
        values, end = json.JSONDecoder().raw_decode(text[: yaml.MAX_LENGTH])
    except (ValueError, RecursionError):
        # Not a word on it: a text may well begin with a brace.
        return Head(Fields({}), text)
    return Head(Fields(values), text[end:].lstrip("\n"), "json")


def split_meta(text: str) -> Head:
    values, key = {}, ""
    lines = text.lstrip("\n").split("\n")
    for number, line in enumerate(lines):  # noqa: B007 (used below)
        if found := META_LINE.match(line):
            key = found[1].lower()
            values[key] = (found[2] or "").strip()
        elif key and (found := META_MORE.match(line)):
            values[key] = f"{values[key]}\n{found[1].strip()}".strip()
        else:
            break
    else:
        number = len(lines)
    if not META_KEYS & values.keys():
        return Head(Fields({}), text)
    return Head(Fields(values), "\n".join(lines[number:]), "meta")
