"""The linter bears whatever is written, and ends soon."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from posts.linting import check, samples
from posts.linting.checking import MOST
from posts.linting.reading import read
from posts.linting.samples import NAMES, problem_of
from posts.models import Post

DATA = Path(__file__).parent / "data/rendering"
CORPUS = (DATA / "hostile.txt").read_text(encoding="utf-8").split("\n%%%%\n")
LONG = 100_000  # characters
PIECES = [
    "![](/media/a.png)\n",
    "[a](/post/b/#c) ",
    "<img src='a' ",
    '<a href="b',
    "<!--",
    "<!-- lint: ignore ",
    "```python\n",
    "```json\n[",
    "# ",
    "#### h\n",
    "> - ",
    "[^1]\n\n[^1]: ",
    "(" * 50,
    "-~",
    "a.b",
    "\\\n",
    "%00",
    "\x00\r",
    "&amp;",
]


def lint(body: str) -> list:
    return check(Post(title="A title", slug="own", body=body))


@pytest.mark.django_db
def test_hostile_texts_are_read_without_an_error():
    for body in CORPUS:
        assert isinstance(lint(body), list)


@pytest.mark.django_db
@pytest.mark.parametrize("piece", PIECES)
def test_long_text_of_one_kind_is_read(piece):
    assert len(lint(piece * (LONG // len(piece)))) <= MOST


@pytest.mark.parametrize("language", sorted(set(NAMES)))
@pytest.mark.parametrize(
    "sample",
    [
        "(" * 9000,
        "-" * 1900 + "1",
        "a" + ".b" * 900,
        "[" * 90 + "]" * 90,
        "x=" * 900 + "1",
        "not " * 400 + "1",
        "a: &a [*a]\n",
        "lambda:" * 280 + "0",
        "1" * 1999,
        "- " * 900,
        "{a: " * 99,
        "f'{" * 60,
        "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 190)),
        "\x00",
        "a\\",
    ],
)
def test_sample_that_is_hard_to_parse_is_borne(language, sample):
    problem = problem_of(sample, language)

    assert problem is None or problem.words is not None


class AnyText(TestCase):
    @settings(max_examples=150, deadline=None)
    @given(st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=20).map("".join))
    def test_any_text_is_read_and_lines_lie_within_it(self, body):
        findings = lint(body)

        lines = len(body.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
        assert all(finding.line is None or 1 <= finding.line <= lines for finding in findings)

    @settings(max_examples=100, deadline=None)
    @given(st.text(max_size=200))
    def test_any_characters_are_read(self, body):
        assert read(body).refused in (True, False)


def count_parsing(monkeypatch) -> list[str]:
    """The sources that Python's parser is given from now on."""
    sources = []
    real = samples.parsed

    def counted(source):
        sources.append(source)
        return real(source)

    monkeypatch.setattr(samples, "parsed", counted)
    return sources


@pytest.mark.parametrize(
    "sample",
    [
        "x\n\n" * 6_000 + "((\n",  # pieces
        ">>> if x:\n" * 1_900,  # statements
        ">>> (\n" + "...\n" * 4_900,  # one of many lines
    ],
)
def test_a_sample_of_many_parts_is_parsed_seldom(monkeypatch, sample):
    parsed = count_parsing(monkeypatch)

    problem_of(sample, "python")

    assert 0 < len(parsed) <= 5 * samples.MAX_PARTS


def test_many_comments_that_switch_rules_off_hold_line_by_line():
    text = "<!-- lint: ignore heading-level -->\n\n# a\n\n# b\n\n" * 500

    reading = read(text)

    assert reading.ignores("heading-level", 3)
    assert not reading.ignores("heading-level", 5)
    assert not reading.ignores("heading-order", 3)
    assert not reading.ignores("heading-level", None)
    assert reading.ignores("heading-level", 3 + 6 * 499)
