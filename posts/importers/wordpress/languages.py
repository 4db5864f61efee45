"""Texts in several languages at once, as the plugins qTranslate, -X and -XT store them.

A text is `[:en]Heaven[:fr]Ciel[:]`, or older `<!--:en-->Heaven<!--:--><!--:fr-->Ciel<!--:-->`.
"""

import re

MARK = re.compile(r"<!--:([a-z]{2})?-->|\[:([a-z]{2})?\]|\{:([a-z]{2})?\}")


def versions_of(text: str, languages: set[str] | None = None) -> dict[str, str]:
    """The text in each language that it has; {} if it is in one.

    Only a text that begins with a mark counts, and only `languages`, if given, are ones: code
    such as `words[:id]` looks the same.
    """
    first = MARK.match(text.lstrip())
    if not first or not language_of(first):
        return {}
    versions: dict[str, str] = {}
    current, place = None, 0
    for mark in MARK.finditer(text):
        language = language_of(mark)
        if language and languages and language not in languages:
            continue
        add(versions, current, text[place : mark.start()])
        current, place = language, mark.end()
        if current:
            versions.setdefault(current, "")
    add(versions, current, text[place:])
    return versions


def language_of(mark: re.Match) -> str:
    return mark[1] or mark[2] or mark[3] or ""


def add(versions: dict[str, str], language: str | None, text: str) -> None:
    """Append `text`; outside any language it belongs to all that there are."""
    if language:
        versions[language] += text
    elif text.strip():
        for each in versions:
            versions[each] += text


class Choice:
    """Takes one language of the texts of an item: the site's, or else the first they have."""

    def __init__(self, language: str):
        self.language = language[:2].lower()
        self.known: set[str] | None = None
        self.left_out: list[str] = []

    def of(self, text: str) -> str:
        versions = versions_of(text, self.known)
        if not versions:
            return text
        self.known = self.known or set(versions)
        if not versions.get(self.language):
            self.language = next((each for each in versions if versions[each]), self.language)
        self.left_out += [each for each in versions if each not in {*self.left_out, self.language}]
        return versions.get(self.language, "")
