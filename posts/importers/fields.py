"""Reading the fields of front matter, whose values come in every shape."""

import datetime
import re
from collections.abc import Iterator

YES = {"true", "yes", "on", "1", "y"}
NO = {"false", "no", "off", "0", "n"}
# NUL, and halves of surrogate pairs, which JSON and YAML can spell and no database takes.
UNFIT = re.compile("[\0\ud800-\udfff]")
NAME_KEYS = ["name", "title", "label", "display_name", "id", "slug", "handle"]


class Fields:
    """Front matter by name; `publishDate`, `publish_date` and `publish-date` are one name."""

    def __init__(self, values: dict):
        self.values = {}
        for key, value in values.items():
            if value not in ("", None, [], {}):
                self.values.setdefault(plain_key(key), value)

    def __contains__(self, name: str) -> bool:
        return plain_key(name) in self.values

    def raw(self, *names: str):
        """The first of these fields that is there, as it was read; else None."""
        found = (self.values[key] for key in map(plain_key, names) if key in self.values)
        return next(found, None)

    def text(self, *names: str) -> str:
        """The first of these fields that holds something to read; of a list, its first entry."""
        for name in names:
            for value in flat(self.raw(name)):
                if text := as_text(value):
                    return text
        return ""

    def flag(self, *names: str) -> bool | None:
        """The first of these fields that says yes or no; None when none does."""
        for name in names:
            word = self.text(name).casefold()
            if word in YES | NO:
                return word in YES
        return None

    def number(self, *names: str) -> int | None:
        for name in names:
            if found := re.match(r"[0-9]{1,6}", self.text(name)):
                return int(found[0])
        return None

    def names(self, *names: str, separator: str = ",") -> list[str]:
        """All entries of all these fields, in order, each once whatever its case.

        A string is divided at `separator` (a regular expression), or at semicolons.
        """
        entries = {}
        for name in names:
            for entry in self.entries(name, separator):
                entries.setdefault(entry.casefold(), entry)
        return list(entries.values())

    def entries(self, name: str, separator: str) -> Iterator[str]:
        value = self.raw(name)
        if isinstance(value, str):
            value = value.strip().strip("[]")
            value = re.split(";" if ";" in value else separator, value)
        for entry in flat(value):
            text = as_text(entry).strip("\"'")
            if text and text not in {"~", "null"}:
                yield text


def plain_key(key) -> str:
    return re.sub(r"[\s_-]", "", str(key)).lower()


def flat(value) -> Iterator:
    """The entries of lists within lists; a single value is a list of one."""
    if isinstance(value, list | tuple):
        for entry in value:
            yield from flat(entry)
    elif value is not None:
        yield value


def as_text(value) -> str:
    """One value as an author would read it; of a dict, the name that it gives."""
    if isinstance(value, dict):
        fields = Fields(value)
        return fields.text(*NAME_KEYS) if fields.values else ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    text = UNFIT.sub("", str(value)).strip()
    return "" if text == "~" else text
