"""Arrows between the apps point down only."""

import ast
from pathlib import Path

import pytest
from django.conf import settings

# Each room and what it may import of ours; machinery imports none of the apps.
MAY_IMPORT = {
    "accounts": {"accounts", "blogsite"},
    "posts": {"posts", "accounts", "blogsite"},
    "comments": {"comments", "posts", "accounts", "blogsite"},
}
# The frame around the apps may name them all.
FRAME = {"settings.py", "urls.py"}
ROOMS = {*MAY_IMPORT, "blogsite"}


def imported_rooms(path: Path) -> set[str]:
    """The first parts of all modules that the file imports, at whatever depth of the code."""
    names = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: imports are absolute"
            names.add(node.module)
    return {name.partition(".")[0] for name in names} & ROOMS


def files_of(room: str) -> list[Path]:
    return sorted((settings.BASE_DIR / room).rglob("*.py"))


@pytest.mark.parametrize("room", MAY_IMPORT)
def test_app_imports_only_what_lies_below(room):
    upward = {
        str(path.relative_to(settings.BASE_DIR)): imported_rooms(path) - MAY_IMPORT[room]
        for path in files_of(room)
    }

    assert {path: rooms for path, rooms in upward.items() if rooms} == {}


def test_machinery_knows_no_app():
    """Journeys through several apps are tested in blogsite, so its tests may know them."""
    upward = {
        path.name: imported_rooms(path) - {"blogsite"}
        for path in files_of("blogsite")
        if path.name not in FRAME and "tests" not in path.parts
    }

    assert {name: rooms for name, rooms in upward.items() if rooms} == {}


def test_posts_never_say_comments():
    """Not even as `.comments` or `Count("comments")`; `comments_open` is a post's own word."""
    guilty = [
        str(path)
        for path in files_of("posts")
        if "tests" not in path.parts and "migrations" not in path.parts
        for node in ast.walk(ast.parse(path.read_text()))
        if (isinstance(node, ast.Attribute) and node.attr == "comments")
        or (isinstance(node, ast.Constant) and node.value == "comments")
    ]

    assert guilty == []


def test_imports_are_seen(tmp_path):
    """The parser above notices an import inside a function."""
    sample = tmp_path / "sample.py"
    sample.write_text("def f():\n    from comments.models import Comment\n")

    assert imported_rooms(sample) == {"comments"}
