"""Comparing two texts word by word."""

import random

import pytest

from posts.revisions.sequences import opcodes
from posts.revisions.words import changed_blocks, changed_words, count_changes

WORDS = [
    "the",
    "a",
    "of",
    "and",
    "to",
    "in",
    "is",
    "for",
    "that",
    "with",
    "on",
    "it",
    "as",
    "was",
    "by",
]


def rebuilt(pieces):
    left, right = zip(*pieces, strict=True) if pieces else ((), ())
    return "".join(left), "".join(right)


def test_kept_words_stand_between_those_that_changed():
    assert changed_words("One two three four.", "One 2 three four, five.") == [
        ("One ", "One "),
        ("two", "2"),
        (" three four", " three four"),
        ("", ", five"),
        (".", "."),
    ]


def test_blanks_between_two_changes_are_no_kept_words():
    assert changed_words("red house", "blue barn") == [("red house", "blue barn")]


def test_signs_without_blanks_are_compared_one_by_one():
    assert changed_words("今天天气很好", "今天天气不好") == [
        ("今天天气", "今天天气"),
        ("很", "不"),
        ("好", "好"),
    ]


@pytest.mark.parametrize(
    ("left", "right", "counts"),
    [
        ("", "", (0, 0)),
        ("same", "same", (0, 0)),
        ("", "two words", (2, 0)),
        ("one two three", "one three", (0, 1)),
        ("one\n\ntwo\n", "one\r\n\r\ntwo\r\n", (0, 0)),
        ("First.\n\nSecond.\n", "Second.\n\nFirst.\n", (1, 1)),
    ],
)
def test_words_are_counted(left, right, counts):
    assert count_changes(left, right) == counts


@pytest.mark.parametrize("seed", range(20))
def test_pieces_are_both_texts_whole(seed):
    chance = random.Random(seed)
    left = "".join(
        chance.choice(WORDS) + chance.choice([" ", "\n", ", ", "\r\n"]) for _ in range(300)
    )
    words = left.split(" ")
    for _each in range(chance.randrange(60)):
        words.insert(chance.randrange(len(words)), chance.choice(WORDS))
        words.pop(chance.randrange(len(words)))
    right = " ".join(words)

    blocks = list(changed_blocks(left, right))

    assert rebuilt(blocks) == (left, right)
    assert rebuilt(changed_words(left, right)) == (left, right)
    for old, new in blocks:
        assert rebuilt(changed_words(old, new)) == (old, new)


def test_moved_paragraph_is_found_by_what_stays():
    left = ["a", "b", "c", "d"]

    assert opcodes(left, ["d", "a", "b", "c"]) == [
        ("replace", 0, 0, 0, 1),
        ("equal", 0, 3, 1, 4),
        ("replace", 3, 4, 4, 4),
    ]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("word " * 20_000, "other " * 20_000),
        ("a b " * 20_000, "b a " * 19_999),
        (" ".join(map(str, range(20_000))), " ".join(map(str, reversed(range(20_000))))),
        (" ".join(WORDS * 1_300), " ".join(WORDS[::-1] * 1_300)),
        ("x" * 100_000, "y" * 100_000),
        ("好" * 100_000, "坏" * 100_000),
    ],
)
def test_long_texts_of_the_worst_kind_end(left, right):
    """Time is no matter of a test; by the product of their lengths these would take hours."""
    assert rebuilt(changed_words(left, right)) == (left, right)
