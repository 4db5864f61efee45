"""Titles where the front matter gives none."""

import re

ATX = re.compile(r"\A\s*^ {0,3}#{1,2}[ \t]+(.+?)(?:[ \t]+#+)?[ \t]*(?:\n|\Z)", re.MULTILINE)
SETEXT = re.compile(r"\A\s*^(?![ \t>*+#-])(.+)\n {0,3}(?:=+|-{3,})[ \t]*(?:\n|\Z)", re.MULTILINE)
LINK = re.compile(r"!?\[([^\]]*)\]\([^)]*\)")
ATTRIBUTES = re.compile(r"\s*\{[#.:][^}]*\}\s*\Z")
MARKS = re.compile(r"(\*\*|__|`|\*)(.+?)\1")


def take_heading(body: str) -> tuple[str, str]:
    """The heading that `body` opens with, as plain text, and the body without it.

    Any other heading stays where it is: ("", body).
    """
    found = ATX.match(body) or SETEXT.match(body)
    if not found:
        return "", body
    return plain_heading(found[1]), body[found.end() :].lstrip("\n")


def plain_heading(heading: str) -> str:
    heading = LINK.sub(r"\1", ATTRIBUTES.sub("", heading))
    return re.sub(r"\\([^\w\s])", r"\1", MARKS.sub(r"\2", heading)).strip()


def title_from_name(name: str) -> str:
    """`retries-and-jitter` as `Retries and jitter`."""
    words = re.sub(r"[-_]+", " ", name).strip()
    return words[:1].upper() + words[1:]
