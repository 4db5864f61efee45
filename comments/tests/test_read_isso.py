"""Comments of Isso: its database and its plain JSON."""

import contextlib
import json
import sqlite3

import pytest
from django.conf import settings
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from comments.importers.isso.archive import open_archive
from posts.importers.archives.records import ArchiveRefusedError, Decision, Markup, Skipped
from posts.importers.archives.values import moment_of

SAMPLE = settings.BASE_DIR.parent / "shared" / "data" / "disqus" / "isso-generic.json"
THREADS = (
    "CREATE TABLE threads (id INTEGER PRIMARY KEY, uri VARCHAR(256) UNIQUE, title VARCHAR(256))"
)
COMMENTS = (
    "CREATE TABLE comments (tid REFERENCES threads(id), id INTEGER PRIMARY KEY, parent INTEGER,"
    " created FLOAT NOT NULL, modified FLOAT, mode INTEGER, remote_addr VARCHAR, text VARCHAR,"
    " author VARCHAR, email VARCHAR, website VARCHAR, likes INTEGER, dislikes INTEGER, voters BLOB)"
)
INSERT = "INSERT INTO comments VALUES (?, ?, ?, ?, ?, ?, '', ?, ?, ?, ?, 0, 0, x'00')"
ROWS = [
    (1, 1, None, 1577836800.5, None, 1, "*one*", "Ann", "ann@example.org", "https://ann.example"),
    (1, 2, 1, 1577836801.0, 1577836900.0, 2, "two", None, None, None),
    (1, 3, 1, 1577836802.0, None, 4, "", None, None, None),
    (1, 4, None, 1577836803.0, None, 9, "new mode", None, None, None),
    (9, 5, None, 1577836803.0, None, 1, "no thread", None, None, None),
    (1, 6, None, "yesterday", None, 1, "no date", None, None, None),
]


def make(tmp_path, *statements: str, rows=()):
    path = tmp_path / "comments.db"
    with contextlib.closing(sqlite3.connect(path)) as database, database:
        for statement in statements:
            database.execute(statement)
        if rows:
            database.executemany(INSERT, rows)
    return path


def make_whole(tmp_path, rows=ROWS):
    thread = "INSERT INTO threads VALUES (1, '/tea/', 'Tea')"
    return make(tmp_path, THREADS, COMMENTS, thread, rows=rows)


def test_database_is_read(tmp_path):
    found = list(open_archive(make_whole(tmp_path)).remarks())

    remarks = [one[1] for one in found if not isinstance(one, Skipped)]
    assert [(one.key, one.parent, one.decision) for one in remarks] == [
        ("1", "", Decision.APPROVED),
        ("2", "1", Decision.PENDING),
        ("3", "1", Decision.REMOVED),
        ("4", "", Decision.PENDING),
    ]
    assert [one.key for one in found if isinstance(one, Skipped)] == ["5", "6"]
    first = remarks[0]
    assert (found[0][0], first.body, first.markup) == ("/tea/", "*one*", Markup.MARKDOWN)
    assert (first.name, first.email, first.site) == (
        "Ann",
        "ann@example.org",
        "https://ann.example",
    )
    assert first.created_at.isoformat() == "2020-01-01T00:00:00.500000+00:00"
    assert remarks[1].edited_at == moment_of(1577836900)


def test_reading_leaves_the_file_as_it_was(tmp_path):
    path = make_whole(tmp_path)
    path.chmod(0o400)
    before = path.read_bytes()

    list(open_archive(path).remarks())

    assert path.read_bytes() == before
    assert [one.name for one in tmp_path.glob("comments*")] == ["comments.db"]


FOREVER = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x"


@pytest.mark.parametrize(
    "statements",
    [
        (),
        (THREADS,),
        (THREADS, "CREATE TABLE comments (id INTEGER PRIMARY KEY)"),
        (THREADS, f"CREATE VIEW comments AS {FOREVER} AS id FROM n"),
        (THREADS, "CREATE VIRTUAL TABLE comments USING fts5(id, tid, parent, created, modified, mode, text, author, email, website)"),
        (THREADS, COMMENTS.replace("text VARCHAR", "text VARCHAR AS (zeroblob(1000000000))")),
    ],
    ids=range(6),
)  # fmt: skip
def test_database_of_another_shape_is_refused(tmp_path, statements):
    with pytest.raises(ArchiveRefusedError):
        open_archive(make(tmp_path, "CREATE TABLE x (y)", *statements))


def test_huge_value_is_refused(tmp_path):
    row = (1, 1, None, 1577836800.5, None, 1, "x" * 6_000_000, None, None, None)

    with pytest.raises(ArchiveRefusedError, match="damaged"):
        list(open_archive(make_whole(tmp_path, rows=[row])).remarks())


@hypothesis_settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.data())
def test_damaged_database_is_refused_or_read(tmp_path, data):
    path = tmp_path / "comments.db"
    path.unlink(missing_ok=True)
    content = bytearray(make_whole(tmp_path).read_bytes())
    for _change in range(data.draw(st.integers(1, 20))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(content[: data.draw(st.integers(1, len(content)))])

    with contextlib.suppress(ArchiveRefusedError):
        list(open_archive(path).remarks())


@pytest.mark.skipif(not SAMPLE.exists(), reason="the sample is not here (../shared/data)")
def test_plain_json_is_read():
    found = list(open_archive(SAMPLE).remarks())

    assert [(address, one.key, one.name) for address, one in found] == [
        ("/posts/0001/", "/posts/0001/#0", "texas holdem"),
        ("/posts/0007/", "/posts/0007/#0", "Richard Crinshaw"),
    ]
    assert found[0][1].created_at == moment_of("2005-02-24T04:03:37Z")


@pytest.mark.parametrize(
    "content", ["", "x", "{}", "[]", "[1]", '[{"comments": 1}]', "[" * 200_000]
)
def test_other_files_are_refused(tmp_path, content):
    (tmp_path / "a.json").write_text(content)

    with pytest.raises(ArchiveRefusedError):
        open_archive(tmp_path / "a.json")


def test_wrong_values_are_skipped(tmp_path):
    rows = [
        1,
        {},
        {"id": 1},
        {"id": [], "created": {}},
        {"id": 2, "created": 1577836800, "text": []},
    ]
    (tmp_path / "a.json").write_text(json.dumps([{"id": "/a/", "comments": rows}, {"id": 7}, None]))

    found = list(open_archive(tmp_path / "a.json").remarks())

    assert [isinstance(one, Skipped) for one in found] == [True, True, True, True, False]
