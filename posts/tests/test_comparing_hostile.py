"""Texts of the greatest length that are made to keep a comparison busy."""

import random

import pytest

from posts.drafting.merging import merge3
from posts.revisions import sequences
from posts.revisions.words import count_changes

# What a text of the greatest length has room for.
LENGTH = 200_000


def gaps(signs: str, size: int, separator: str, seed: int) -> str:
    """Stretches of a few signs in no order, each as long as is still compared closely."""
    chosen = random.Random(seed)
    parts = []
    for number in range(LENGTH // (size * (1 + len(separator)))):
        parts += [*(chosen.choice(signs) for _each in range(size)), f"{separator}w{number}"]
    return separator.join(parts)


def count_cells(monkeypatch) -> list[int]:
    """The sizes of the tables that are drawn from now on."""
    drawn = []
    real = sequences.common_lengths

    def counted(left, right):
        drawn.append(len(left) * len(right))
        return real(left, right)

    monkeypatch.setattr(sequences, "common_lengths", counted)
    return drawn


@pytest.mark.parametrize(("signs", "separator"), [(".,;:!", ""), ("abcd", "\n")])
def test_counting_changes_draws_tables_up_to_a_limit(monkeypatch, signs, separator):
    drawn = count_cells(monkeypatch)

    count_changes(gaps(signs, 99, separator, seed=1), gaps(signs, 99, separator, seed=2))

    assert 0 < sum(drawn) <= sequences.MAX_CELLS


def test_merging_draws_tables_up_to_a_limit(monkeypatch):
    drawn = count_cells(monkeypatch)
    base, mine, theirs = (gaps("ab", 99, "\n", seed) for seed in (1, 2, 3))

    merge3(base, mine, theirs)

    assert 0 < sum(drawn) <= 2 * sequences.MAX_CELLS


def test_what_was_not_compared_closely_is_merged_as_a_conflict():
    base, mine, theirs = (gaps("ab", 99, "\n", seed) for seed in (1, 2, 3))

    merged = merge3(base, mine, theirs)

    assert merged.conflicts
    assert merged.text.count("w7") >= 1
