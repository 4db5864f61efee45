"""What the environment may set, told alike in settings, `.env.example` and the tests' own set-up."""

import ast
import re

from django.conf import settings

from blogsite.tests.plugin import VARIABLES


def variables_read() -> set[str]:
    """The names that settings.py asks for, by `env.…("NAME")` and its like."""
    tree = ast.parse((settings.BASE_DIR / "blogsite" / "settings.py").read_text())
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    asking = [
        call
        for call in calls
        if re.fullmatch(r"env\.\w+|whole_number|networks", ast.unparse(call.func))
    ]
    first = [call.args[0] for call in asking]
    return {name.value for name in first if isinstance(name, ast.Constant)}


def test_example_lists_every_variable_that_is_read_and_no_other():
    example = (settings.BASE_DIR / ".env.example").read_text()

    assert set(re.findall(r"^#?([A-Z_]+)=", example, re.MULTILINE)) == variables_read()


def test_tests_begin_without_any_variable_of_the_developer():
    assert set(VARIABLES) == variables_read()
