"""What all commands of posts have in common, started as programs."""

import os
import subprocess
import sys

import pytest
from django.conf import settings


@pytest.mark.parametrize(
    "arguments",
    [
        ["rerender"],
        ["purge_trash"],
        ["import_markdown", "docs"],
        ["load_demo"],
        ["remove_orphaned_pictures"],
    ],
)
def test_command_on_a_site_without_tables_says_so_in_one_sentence(tmp_path, arguments):
    result = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=settings.BASE_DIR,
        env=os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path}/db.sqlite3"},
        capture_output=True,
        text=True,
    )

    assert result.returncode == 1
    assert result.stderr.startswith("The database cannot be used: ")
    assert result.stderr.count("\n") == 1
