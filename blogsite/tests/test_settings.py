"""What the environment may set, told alike in settings, `.env.example` and the tests' own set-up."""

import ast
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.db import connection

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


def test_what_is_answered_as_saved_is_on_the_disk(tmp_path):
    """Asked of a program, because the tests themselves do not wait for the disk."""
    question = "from django.db import connection as c; k = c.cursor(); print({})".format(
        ", ".join(
            f"k.execute('PRAGMA {name}').fetchone()[0]" for name in ("journal_mode", "synchronous")
        )
    )
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}

    answer = subprocess.check_output(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", question],
        cwd=settings.BASE_DIR,
        env=environment,
        text=True,
    )

    assert answer.split() == ["wal", "2"]  # 2 is FULL


@pytest.mark.django_db
@pytest.mark.skipif(connection.vendor != "sqlite", reason="it is about SQLite")
def test_all_connections_of_a_process_share_a_limit_of_memory():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA soft_heap_limit")

        assert cursor.fetchone() == (16 * 1024 * 1024,)
