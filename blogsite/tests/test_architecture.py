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
# Only the list of all addresses imports from the apps; settings and start-up name them by strings.
FRAME = {"urls.py", "jinja.py"}
QUERY_CALLS = {"Count", "Exists", "Prefetch", "prefetch_related", "select_related", "values"}
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


def test_posts_never_reach_for_comments():
    """Not even through the reverse name: `post.comments`, `Count("comments")`."""
    guilty = [
        str(path)
        for path in files_of("posts")
        if "tests" not in path.parts and "migrations" not in path.parts
        if reaches_for_comments(ast.parse(path.read_text()))
    ]

    assert guilty == []


def reaches_for_comments(tree: ast.AST) -> bool:
    """Whether an attribute, or a string given to a query, names the comments of a post."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    queries = [call for call in calls if name_of(call) in QUERY_CALLS]
    strings = [
        argument.value
        for call in queries
        for argument in call.args
        if isinstance(argument, ast.Constant)
    ]
    keywords = [keyword.arg or "" for call in calls for keyword in call.keywords]
    return (
        any(isinstance(node, ast.Attribute) and node.attr == "comments" for node in ast.walk(tree))
        or any(str(text).partition("__")[0] == "comments" for text in strings)
        or any(name.startswith("comments__") for name in keywords)
    )


def name_of(call: ast.Call) -> str:
    return getattr(call.func, "attr", getattr(call.func, "id", ""))


@pytest.mark.parametrize(
    "code", ["post.comments.all()", 'Count("comments")', "posts.filter(comments__status=1)"]
)
def test_reaching_for_comments_is_seen(code):
    assert reaches_for_comments(ast.parse(code))


def test_imports_are_seen(tmp_path):
    """The parser above notices an import inside a function."""
    sample = tmp_path / "sample.py"
    sample.write_text("def f():\n    from comments.models import Comment\n")

    assert imported_rooms(sample) == {"comments"}
