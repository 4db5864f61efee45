"""Cells that a spreadsheet would compute."""

import pytest

from blogsite.tests.attacks.imports import users_of
from blogsite.tests.attacks.walking import every_address

TABLES = {"csv", "openpyxl", "xlsxwriter", "xlwt"}
# One reads an export; the other writes addresses, which begin with a slash: see
# posts/tests/test_import_archives.py.
HARMLESS = {"posts/importers/substack/archive.py", "posts/management/archives.py"}


def test_no_table_is_written():
    """What people export is JSON. A CSV has to put a sign before = + - @ first, and a test here."""
    assert {file for file, _module in users_of(TABLES)} == HARMLESS


@pytest.mark.django_db
def test_no_address_answers_with_a_table(client, world):
    client.force_login(world.administrator)

    for place in every_address(world):
        kind = client.get(place.path).headers.get("Content-Type", "")
        assert not any(word in kind for word in ["csv", "excel", "spreadsheet"]), place
