"""Two versions of a text become one, and no line of either is lost."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from posts.drafting.merging import Merged, marker_lines, merge3, merge_without_base

BASE = "one\ntwo\nthree\nfour\nfive\n"

words = st.sampled_from(["", "a", "b", "c", "d", "e f", "\u2028", "x\x0cy", "#"])
texts = st.builds(
    lambda lines, end, last: end.join(lines) + last,
    st.lists(words, max_size=12),
    st.sampled_from(["\n", "\r\n"]),
    st.sampled_from(["", "\n", "\r\n"]),
)


def lines(text):
    return {line.rstrip("\r") for line in text.split("\n")}


def test_changes_in_different_places_are_both_taken():
    merged = merge3(BASE, BASE.replace("one", "1"), BASE.replace("five\n", "5\nsix\n"))

    assert merged == Merged("1\ntwo\nthree\nfour\n5\nsix\n")


def test_changes_in_one_place_are_marked_with_both():
    merged = merge3(
        BASE, BASE.replace("three", "drei"), BASE.replace("three", "trois"), "revision 7"
    )

    assert merged == Merged(
        "one\ntwo\n<<<<<<< yours\ndrei\n=======\ntrois\n>>>>>>> revision 7\nfour\nfive\n", [3]
    )
    assert marker_lines(merged.text) == [3, 7]


def test_line_taken_away_here_and_changed_there_is_a_conflict():
    merged = merge3(BASE, BASE.replace("two\n", ""), BASE.replace("two", "deux"))

    assert merged.text == "one\n<<<<<<< yours\n=======\ndeux\n>>>>>>> saved\nthree\nfour\nfive\n"


def test_conflict_at_an_end_without_line_end_keeps_its_markers_on_lines_of_their_own():
    merged = merge3("one", "mine", "theirs")

    assert merged.text == "<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> saved\n"


def test_line_ends_of_windows_are_kept():
    base = BASE.replace("\n", "\r\n")

    merged = merge3(base, base.replace("one", "1"), base.replace("one", "uno"))

    assert merged.text.count("\r\n") == merged.text.count("\n") == 9


def test_markers_of_other_tools_are_no_conflicts_of_ours():
    assert marker_lines("<<<<<<< HEAD\na\n=======\nb\n>>>>>>> branch\n") == []


def test_texts_of_unknown_origin_differ_as_conflicts():
    merged = merge_without_base("one\nmine\nthree\n", "one\ntheirs\nthree\nfour\n")

    assert merged.text == (
        "one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> saved\nthree\nfour\n"
    )


@given(texts, texts)
def test_merging_with_an_unchanged_side_gives_the_other(base, other):
    assert merge3(base, other, base) == merge3(base, base, other) == Merged(other)


@given(texts, texts)
def test_identical_changes_merge_clean(base, other):
    assert merge3(base, other, other) == Merged(other)


@given(texts, texts, texts)
def test_no_new_line_of_either_side_is_lost(base, mine, theirs):
    merged = lines(merge3(base, mine, theirs).text)

    assert (lines(mine) | lines(theirs)) - lines(base) <= merged
    assert lines(base) & lines(mine) & lines(theirs) <= merged | {""}


@given(texts, texts)
def test_nothing_of_texts_of_unknown_origin_is_lost(mine, theirs):
    assert lines(mine) | lines(theirs) <= lines(merge_without_base(mine, theirs).text) | {""}


@given(texts, texts, texts)
def test_conflicts_are_where_they_are_said_to_be(base, mine, theirs):
    merged = merge3(base, mine, theirs)

    found = [merged.text.split("\n")[number - 1].strip() for number in merged.conflicts]
    assert found == ["<<<<<<< yours"] * len(merged.conflicts)
    assert len(marker_lines(merged.text)) == 2 * len(merged.conflicts)


@pytest.mark.parametrize("line", ["\n", "same\n", "{0}\n"])
def test_long_texts_are_merged(line):
    """Without a limit, equal lines by the ten thousand would take minutes."""
    base = "".join(line.format(n) for n in range(100_000 // len(line)))
    middle = len(base) // 2

    merged = merge3(base, "mine\n" + base + "mine\n", base[:middle] + "\ntheirs\n" + base[middle:])

    assert {"mine", "theirs"} <= lines(merged.text)
