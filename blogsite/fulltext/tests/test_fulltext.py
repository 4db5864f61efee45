"""The parts of the search that need no texts of ours."""

from datetime import UTC, datetime

import pytest

from blogsite.fulltext import marker, parse, snippet
from blogsite.fulltext.analysis import MAX_TOKENS, tokens_of
from blogsite.fulltext.parsing import Term
from blogsite.fulltext.places import key_at, moment_at, place_of
from blogsite.fulltext.postgres import months_back


@pytest.mark.parametrize(
    ("text", "language", "tokens"),
    [
        ("Running dogs", "en", ["run", "dog"]),
        ("Running dogs", "xx", ["running", "dogs"]),
        ("foo.bar_baz()", "en", ["foo.bar_baz", "foo", "bar_baz", "bar", "baz"]),
        ("use --no-cache, C++.", "xx", ["use", "--no-cache", "no", "cache", "c++", "c"]),
        ("日本語", "ja", ["日", "本", "語"]),
        ("Ünïcode", "", ["unicode"]),
        ("x" * 65, "en", []),
    ],
)
def test_texts_become_words(text, language, tokens):
    assert tokens_of(text, language) == tokens


def test_query_is_read_in_parts():
    query = parse('one "two three" -four tag:five six* other:seven', ("tag",))

    assert query.terms == [
        Term("one"),
        Term("two three", is_phrase=True),
        Term("six", is_open=True),
        Term("other:seven"),
    ]
    assert query.without == [Term("four")]
    assert query.filters == {"tag": ["five"]}


def test_snippet_begins_near_the_first_hit_and_holds_no_markup_of_the_text():
    text = "before " * 100 + "<b>walrus</b> and Walruses" + " after" * 100

    html = snippet(text, marker(parse("walrus"), ["en"]))

    assert html.startswith("… ")
    assert "&lt;b&gt;<mark>walrus</mark>&lt;/b&gt; and <mark>Walruses</mark>" in html
    assert html.endswith(" …")


def test_place_holds_moment_and_key():
    moment = datetime(2026, 5, 4, 3, 2, 1, tzinfo=UTC)

    place = place_of(123, moment)

    assert (key_at(place), moment_at(place)) == (123, moment)
    assert place_of(5, None) < place_of(4, datetime(1970, 1, 2, tzinfo=UTC)) < place


def test_months_go_back_to_the_oldest_and_undated_come_last():
    newest = place_of(1, datetime(2021, 2, 1, tzinfo=UTC))
    oldest = place_of(1, datetime(2020, 12, 31, tzinfo=UTC))

    months = list(months_back(newest, oldest))

    assert months == ["§m24253", "§m24252", "§m24251"]
    assert list(months_back(newest, 7))[-1] == "§m0"


@pytest.mark.parametrize("evil", ["a" * 200_000, "a." * 100_000, "-" * 200_000, "a-_" * 70_000])
def test_text_that_is_no_text_ends(evil):
    """A pattern that tries all ways through it would take hours."""
    assert len(tokens_of(evil, "en")) <= MAX_TOKENS
