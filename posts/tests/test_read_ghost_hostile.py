"""Exports of Ghost that are damaged, or made to do harm."""

import contextlib
import io
import json
import zipfile

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from posts.importers.archives import jsonstream
from posts.importers.archives.records import ArchiveRefusedError, Skipped, Text
from posts.importers.ghost.archive import open_archive
from posts.importers.ghost.body import body_of
from posts.importers.ghost.conversion import Conversion
from posts.tests.ghost import post, read_all, write_export

DATA = settings.BASE_DIR.parent / "shared" / "data" / "ghost"
CARDS = [
    "image", "gallery", "code", "markdown", "html", "embed", "bookmark", "callout", "toggle",
    "button", "audio", "video", "file", "product", "header", "call-to-action", "before-after", "hr",
]  # fmt: skip
FIELDS = [
    "type", "children", "text", "format", "tag", "url", "src", "images", "caption", "visibility",
    "metadata", "markdown", "code", "language", "listType", "start", "checked", "beforeImage",
]  # fmt: skip
NODE_TYPES = ["paragraph", "list", "listitem", "text", "extended-heading", "link", "aside", *CARDS]

leaves = (
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8)
    | st.sampled_from([*NODE_TYPES, "\ud800", "\0", "<b>", "0.3.1", "2024-01-01", 10**400, -1, "1"])
)  # fmt: skip
values = st.recursive(
    leaves,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(FIELDS), inner, max_size=5)
        | st.fixed_dictionaries({"type": st.sampled_from(NODE_TYPES), "children": st.lists(inner)})
    ),
    max_leaves=15,
)
often = hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def whole_export() -> dict:
    """Each table with a row, each field filled."""
    row = post(
        lexical=json.dumps({"root": {"children": [{"type": "paragraph", "children": []}]}}),
        mobiledoc='{"sections": [[1, "p", [[0, [], 0, "x"]]], [10, 0]], "cards": [["hr", {}]]}',
        markdown="#x", author_id="u", canonical_url="__GHOST_URL__/x/", codeinjection_head="x",
    )  # fmt: skip
    return {
        "posts": [row, {**row, "id": "2", "lexical": None}],
        "tags": [{"id": "t", "name": "Tag", "slug": "tag", "visibility": "public"}],
        "users": [{"id": "u", "name": "Ann", "twitter": "@ann", "profile_image": "//x"}],
        "posts_tags": [{"post_id": "1", "tag_id": "t", "sort_order": 0}],
        "posts_authors": [{"post_id": "1", "author_id": "u", "sort_order": 0}],
        "posts_meta": [{"post_id": "1", "email_only": 0, "feature_image_caption": "x"}],
        "comments": [{"id": "c", "post_id": "1", "member_id": "m", "status": "published"}],
        "members": [{"id": "m", "name": "Mo"}],
        "settings": [{"key": "title", "value": "Site"}, {"key": "permalinks", "value": "/:id/"}],
    }


def places(data, above=()) -> list[tuple]:
    """The way to each value inside."""
    below = data.items() if isinstance(data, dict) else enumerate(data)
    found = []
    for key, value in below:
        found.append((*above, key))
        if isinstance(value, dict | list):
            found += places(value, (*above, key))
    return found


def put(data, place: tuple, value) -> None:
    """Put `value` there, unless an earlier one has replaced what held it."""
    for key in place[:-1]:
        try:
            data = data[key]
        except (KeyError, IndexError, TypeError):
            return
    with contextlib.suppress(KeyError, IndexError, TypeError):
        data[place[-1]] = value


def assert_can_be_stored(found: list) -> None:
    for text in found:
        if isinstance(text, Text):
            assert not set("\0\ud800") & set(f"{text.title}{text.body}{text.slug}{text.summary}")


@often
@given(st.lists(st.tuples(st.sampled_from(places(whole_export())), values), max_size=4))
def test_wrong_values_anywhere_are_no_error(tmp_path, changes):
    data = whole_export()
    for place, value in changes:
        put(data, place, value)

    found = read_all(open_archive(write_export(tmp_path / "a.json", **data)))

    assert_can_be_stored(found)


@often
@given(values)
def test_any_lexical_is_read_or_given_up(value):
    document = json.dumps({"root": {"children": [value, {"type": "list", "children": [value]}]}})

    body, _markup = body_of({"lexical": document}, Conversion())

    assert isinstance(body, str)


@often
@given(st.lists(values), values, values, st.lists(values))
def test_any_mobiledoc_is_read_or_given_up(sections, markups, atoms, payloads):
    cards = [[name, payload] for name, payload in zip(CARDS, payloads, strict=False)]
    sections = [*sections, *([10, number] for number in range(len(cards)))]
    parts = {"sections": sections, "markups": markups, "atoms": atoms, "cards": cards}

    body, _markup = body_of({"mobiledoc": json.dumps(parts)}, Conversion())

    assert isinstance(body, str)


@pytest.mark.skipif(not DATA.exists(), reason="the sample exports are not here (../shared/data)")
@often
@given(st.data())
def test_mutated_sample_is_no_error(tmp_path, data):
    """Bytes of a real export changed or cut; whatever is still JSON is read, all else refused."""
    content = bytearray((DATA / "mg-ghost-flat.json").read_bytes())
    for _change in range(data.draw(st.integers(0, 5))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    (tmp_path / "a.json").write_bytes(content)

    with contextlib.suppress(ArchiveRefusedError):
        assert_can_be_stored(read_all(open_archive(tmp_path / "a.json")))


def test_export_cut_anywhere_is_refused_before_its_first_text(tmp_path):
    whole = write_export(tmp_path / "whole.json", **whole_export()).read_bytes()
    for length in range(0, len(whole) - 1, 7):
        (tmp_path / "a.json").write_bytes(whole[:length])

        with pytest.raises(ArchiveRefusedError):
            next(open_archive(tmp_path / "a.json").texts())


@pytest.mark.parametrize(
    "content",
    [
        b"", b"\xff\xfe{", b"<?xml version='1.0'?>", b"[]", b"null", b'"data"', b"{}", b"{1: 2}",
        b'{"db": []}', b'{"db": [[]]}', b'{"db": {"data": []}}', b'{"data": 1}', b'{"a" 1}',
        b'{"meta": ' + b"[" * 200_000, b'{"meta": ' + b'{"a":' * 200_000, b" " * 3_000_000,
    ],
    ids=range(16),
)  # fmt: skip
def test_what_is_no_export_is_refused(tmp_path, content):
    (tmp_path / "a.json").write_bytes(content)

    with pytest.raises(ArchiveRefusedError):
        open_archive(tmp_path / "a.json")


@pytest.mark.parametrize("row", [b"[" * 200_000, b'{"a":' * 200_000, b'{"a": 1' + b"0" * 9000])
def test_row_that_is_nested_or_broken_is_refused(tmp_path, row):
    (tmp_path / "a.json").write_bytes(b'{"data": {"posts": [' + row)

    with pytest.raises(ArchiveRefusedError):
        list(open_archive(tmp_path / "a.json").texts())


def test_row_without_end_is_refused(tmp_path):
    """Before more of it is read than a row may have."""
    row = io.BytesIO(b'{"data": {"posts": [{"html": "' + b"x" * (jsonstream.MAX_ROW * 3))
    walk = jsonstream.JsonStream(row)

    with pytest.raises(ArchiveRefusedError, match="too large"):
        for _key in walk.fields():
            walk.skip()

    assert row.tell() < jsonstream.MAX_ROW * 3


def test_missing_file_is_refused(tmp_path):
    with pytest.raises(ArchiveRefusedError, match="no file"):
        open_archive(tmp_path / "missing.json")


def test_zip_that_leads_out_is_refused(tmp_path):
    write_export(tmp_path / "a.json", posts=[post()])
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as file:
        file.write(tmp_path / "a.json", "a.json")
        file.writestr("content/images/../../../a.png", "x")

    with pytest.raises(ArchiveRefusedError, match="leads out"):
        open_archive(tmp_path / "a.zip")


def test_two_posts_of_one_slug_both_come(tmp_path):
    path = write_export(tmp_path / "a.json", posts=[post(), post(id="2")])

    found = list(open_archive(path).texts())

    assert [text.key for text in found if not isinstance(text, Skipped)] == ["1", "2"]
