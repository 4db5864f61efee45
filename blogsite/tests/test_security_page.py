"""The page about security says no more than there is: its proofs exist, and nothing is left out."""

import ast
import re
from functools import cache
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
PAGE = ROOT / "docs" / "security.md"
# How many requirements of levels 1 and 2 each section of ASVS 5.0.0 has; they come first in it.
SECTIONS = {
    "1.1": 2, "1.2": 9, "1.3": 11, "1.4": 3, "1.5": 2,
    "2.1": 3, "2.2": 3, "2.3": 4, "2.4": 1,
    "3.1": 0, "3.2": 2, "3.3": 4, "3.4": 6, "3.5": 5, "3.6": 0, "3.7": 2,
    "4.1": 3, "4.2": 1, "4.3": 2, "4.4": 4,
    "5.1": 1, "5.2": 3, "5.3": 2, "5.4": 3,
    "6.1": 3, "6.2": 12, "6.3": 4, "6.4": 4, "6.5": 5, "6.6": 3, "6.7": 0, "6.8": 4,
    "7.1": 3, "7.2": 4, "7.3": 2, "7.4": 5, "7.5": 2, "7.6": 2,
    "8.1": 2, "8.2": 3, "8.3": 1, "8.4": 1,
    "9.1": 3, "9.2": 4,
    "10.1": 2, "10.2": 2, "10.3": 4, "10.4": 11, "10.5": 5, "10.6": 2, "10.7": 3,
    "11.1": 2, "11.2": 3, "11.3": 3, "11.4": 4, "11.5": 1, "11.6": 1, "11.7": 0,
    "12.1": 3, "12.2": 2, "12.3": 4,
    "13.1": 1, "13.2": 5, "13.3": 2, "13.4": 5,
    "14.1": 2, "14.2": 4, "14.3": 3,
    "15.1": 3, "15.2": 3, "15.3": 7, "15.4": 0,
    "16.1": 1, "16.2": 5, "16.3": 4, "16.4": 3, "16.5": 3,
    "17.1": 1, "17.2": 4, "17.3": 2,
}  # fmt: skip
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| (.+) \| (.+) \| (.+) \|$", re.MULTILINE)
NOT_HERE = re.compile(r"^- Not here: ([\d., ]+): \S", re.MULTILINE)
QUOTED = re.compile(r"`([^`]+)`")
LINK = re.compile(r"\]\(([^)]+)\)")


@cache
def text() -> str:
    return PAGE.read_text(encoding="utf-8")


def requirements_of(name: str) -> list[str]:
    """`name` itself if it is a requirement, else all of its section."""
    if name.count(".") == 2:
        return [name]
    return [f"{name}.{number + 1}" for number in range(SECTIONS[name])]


@cache
def names_in(path: Path) -> set[str]:
    return {node.name for node in ast.walk(ast.parse(path.read_text())) if hasattr(node, "name")}


def is_there(proof: str) -> bool:
    """`proof` is a file of the project, or `path::name` of a test in it."""
    path, _, name = proof.partition("::")
    return (ROOT / path).is_file() and (not name or name in names_in(ROOT / path))


def anchors(path: Path) -> set[str]:
    """Of the headings, as they are made where the page is read."""
    headings = re.findall(r"^#+ (.+)$", path.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_requirement_is_answered_once():
    answered = [row[0] for row in ROW.findall(text())]
    elsewhere = [
        requirement
        for names in NOT_HERE.findall(text())
        for name in names.split(", ")
        for requirement in requirements_of(name)
    ]

    wanted = [each for section in SECTIONS for each in requirements_of(section)]
    assert len(wanted) == 253
    assert sorted(answered + elsewhere) == sorted(wanted)


def test_every_proof_is_there():
    proofs = {row[0]: QUOTED.findall(row[3]) for row in ROW.findall(text())}

    assert {key: each for key, all_ in proofs.items() for each in all_ if not is_there(each)} == {}


def test_what_has_no_proof_is_called_a_gap():
    unproven = [row for row in ROW.findall(text()) if not QUOTED.findall(row[3])]

    assert [row[0] for row in unproven if not row[2].startswith("**Gap.**")] == []


def test_links_lead_somewhere():
    dead = []
    for target in LINK.findall(text()):
        path, _, anchor = target.partition("#")
        page = (PAGE.parent / path) if path else PAGE
        if "://" not in target and (not page.exists() or (anchor and anchor not in anchors(page))):
            dead.append(target)

    assert dead == []
    assert "docs/security.md" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")


def test_what_is_gone_is_noticed():
    own = "blogsite/tests/test_security_page.py"

    assert is_there(f"{own}::test_every_proof_is_there")
    assert not is_there(f"{own}::test_that_was_removed")
    assert not is_there("blogsite/tests/test_that_was_removed.py")
