"""What the site's own code loads: an attack needs something that can be attacked."""

import ast
from functools import cache
from pathlib import Path

from django.conf import settings

APPS = ["accounts", "blogsite", "comments", "posts"]


@cache
def modules_loaded() -> list[tuple[str, str]]:
    """File and module of every import in the site's own code, tests aside."""
    found = []
    for app in APPS:
        for path in sorted((Path(settings.BASE_DIR) / app).rglob("*.py")):
            if "tests" in path.parts:
                continue
            for node in ast.walk(ast.parse(path.read_text())):
                name = str(path.relative_to(settings.BASE_DIR))
                if isinstance(node, ast.Import):
                    found += [(name, each.name) for each in node.names]
                elif isinstance(node, ast.ImportFrom):
                    found += [(name, node.module or "")]
                    found += [(name, f"{node.module}.{each.name}") for each in node.names]
    return found


def users_of(modules) -> list[tuple[str, str]]:
    return [
        (path, name)
        for path, name in modules_loaded()
        if any(name == each or name.startswith(f"{each}.") for each in modules)
    ]
