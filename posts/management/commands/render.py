"""Markdown on standard input, the HTML that the site would show on standard output."""

import json
import sys

from django.core.management.base import CommandError
from django.db import DatabaseError

from blogsite.management.plain import PlainCommand
from posts.pictures import find_pictures
from posts.rendering import Picture, render_post, render_visitor


class Command(PlainCommand):
    help = "Read Markdown from standard input and write the HTML that the site would show."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--visitor", action="store_true", help="render as the comment of a visitor"
        )
        parser.add_argument(
            "--jsonl",
            action="store_true",
            help="many texts: one JSON string a line in, one JSON string a line out",
        )

    def handle(self, *, visitor, jsonl, **options):
        render = render_visitor if visitor else _render_with_pictures
        source = getattr(sys.stdin, "buffer", sys.stdin)
        if jsonl:
            for number, line in enumerate(source, start=1):
                self.stdout.write(json.dumps(render(_read_json(line, number))))
                self.stdout.flush()
        else:
            self.stdout.write(render(_decode(source.read(), "Standard input")), ending="")


def _render_with_pictures(source: str) -> str:
    return render_post(source, _find_stored_pictures).html


def _find_stored_pictures(sources: list[str]) -> dict[str, Picture]:
    """As a page does; a machine that has no database yet has no pictures either."""
    try:
        return find_pictures(sources)
    except DatabaseError:
        return {}


def _read_json(line, number: int) -> str:
    text = _decode(line, f"Line {number}")
    try:
        source = json.loads(text)
    except json.JSONDecodeError as error:
        raise CommandError(
            f"Line {number} is not JSON: {error.msg} at character {error.pos + 1}."
        ) from error
    except (ValueError, RecursionError) as error:
        raise CommandError(f"Line {number} is not JSON.") from error
    if not isinstance(source, str):
        raise CommandError(f"Line {number} is not a JSON string.")
    return source


def _decode(data, name: str) -> str:
    """`data` as text; a byte order mark is not part of it."""
    if isinstance(data, str):
        return data
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CommandError(
            f"{name} is not valid UTF-8: byte {error.start + 1} is wrong."
        ) from error
