import pytest

from blogsite.pagecache.statements import understand

READS = {
    'SELECT * FROM "a" WHERE "a"."id" = %s': {"a"},
    'SELECT * FROM "a" INNER JOIN "b" ON ("a"."id" = "b"."a_id")': {"a", "b"},
    'SELECT * FROM "a" LEFT OUTER JOIN "b" T3 ON (1)': {"a", "b"},
    'SELECT * FROM "a" WHERE EXISTS(SELECT 1 FROM "b" U0 LIMIT 1)': {"a", "b"},
    # Joins and lists, as people write them.
    "SELECT * FROM a JOIN b ON a.x = b.x": {"a", "b"},
    "SELECT * FROM a NATURAL JOIN b CROSS JOIN c": {"a", "b", "c"},
    "SELECT * FROM a x JOIN b AS y USING (id, name), c": {"a", "b", "c"},
    "SELECT * FROM a JOIN b ON a.limit = b.set, c": {"a", "b", "c"},
    "SELECT * FROM (a JOIN b ON 1 = 1) JOIN c ON 1 = 1, d": {"a", "b", "c", "d"},
    "SELECT * FROM ((a)), (b)": {"a", "b"},
    "select * from a, b": {"a", "b"},
    "select * from a as x, b y where x.id = y.id": {"a", "b"},
    "SELECT * FROM a INDEXED BY i, b": {"a", "b"},
    "SELECT * FROM ONLY a, ONLY (b)": {"a", "b"},
    # Queries within queries.
    "SELECT * FROM (SELECT 1 FROM a) sub": {"a"},
    "SELECT * FROM (SELECT 1 FROM a WHERE 1) x, b": {"a", "b"},
    "SELECT * FROM (SELECT 1 FROM a ORDER BY (1)) AS x (n, m), b": {"a", "b"},
    "SELECT * FROM a, LATERAL (SELECT * FROM b WHERE b.x = a.x) y, c": {"a", "b", "c"},
    "SELECT * FROM f(1, 2) AS x(n), a": {"a"},
    "SELECT * FROM unnest(%s) WITH ORDINALITY AS x, a": {"a"},
    "SELECT (SELECT COUNT(*) FROM a), (SELECT 1 FROM b)": {"a", "b"},
    "(SELECT 1 FROM a) UNION (SELECT 1 FROM b)": {"a", "b"},
    "SELECT 1 FROM a UNION ALL SELECT 2 FROM b, c": {"a", "b", "c"},
    "SELECT * FROM (VALUES (1), (2)) x, a": {"a"},
    "TABLE a": {"a"},
    "SELECT 1 FROM a UNION TABLE b": {"a", "b"},
    "SELECT 1 WHERE 2 IN a": {"a"},
    "WITH c AS (SELECT * FROM a) SELECT * FROM c": {"a"},
    "WITH c(n) AS MATERIALIZED (SELECT 1 FROM a), d AS (TABLE b) SELECT * FROM c, d": {"a", "b"},
    "WITH RECURSIVE c AS (SELECT 1 UNION SELECT n FROM c JOIN a ON 1) SELECT * FROM c": {"a"},
    "SELECT * FROM (WITH c AS (SELECT * FROM a) SELECT * FROM c) x, b": {"a", "b"},
    # Names in all their forms.
    'SELECT * FROM main.a, "public"."b" c': {"a", "b"},
    'SELECT * FROM site . public . a, "site"."public"."b"': {"a", "b"},
    'SELECT * FROM "a b", "c""d"': {"a b", 'c""d'},
    "SELECT * FROM A": {"a"},
    "SELECT * FROM [a], [b c] x, `d`, 'e'": {"a", "b c", "d", "e"},
    'SELECT * FROM"a"JOIN"b"ON 1': {"a", "b"},
    # What is between.
    "SELECT * FROM/**/a/* , x */, -- the next\n b": {"a", "b"},
    "SELECT 'it''s -- no comment' FROM a": {"a"},
    "SELECT E'it\\'s /*' FROM a": {"a"},
    "SELECT $$ ' $$, $x$ $$ ' $x$ FROM a": {"a"},
    "SELECT * FROM a WHERE x IS DISTINCT FROM %s AND EXISTS (SELECT 1 FROM b)": {"a", "b"},
    "SELECT ARRAY[1, (SELECT 1 FROM a)] FROM b": {"a", "b"},
    "SELECT * FROM ts_stat('SELECT vector FROM a')": {"a"},
    "SELECT * FROM a FOR NO KEY UPDATE OF a SKIP LOCKED": {"a"},
}


@pytest.mark.parametrize(("sql", "tables"), READS.items())
def test_all_tables_are_found_that_a_statement_reads(sql, tables):
    found = understand(sql)

    assert tables <= found.reads
    assert not found.writes
    assert found.is_known


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT "a"."x", "a"."y" FROM "a" ORDER BY "a"."x", "a"."y"', {"a"}),
        ('SELECT "a"."x" FROM "a" WHERE "a"."x" IN (%s, %s) GROUP BY 1, "a"."y"', {"a"}),
        ('SELECT COUNT(*), "x" FROM "a" T LEFT OUTER JOIN "b" ON ("a"."x" = "b"."y")', {"a", "b"}),
        ('SELECT "x" FROM "a" WHERE f("x", "y") LIMIT 1 OFFSET 2', {"a"}),
        ('SELECT "x" FROM "a" FOR UPDATE', {"a"}),
    ],
)
def test_what_django_writes_names_no_table_that_is_none(sql, tables):
    assert understand(sql).reads == tables


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('INSERT INTO "a" ("id") VALUES (%s)', {"a"}),
        ('INSERT OR IGNORE INTO "a" ("id") VALUES (%s)', {"a"}),
        ("INSERT INTO a AS x (id) SELECT 1 ON CONFLICT DO NOTHING", {"a"}),
        ('UPDATE "a" SET "b" = %s', {"a"}),
        ("update a set b = 1", {"a"}),
        ("UPDATE ONLY a SET b = 1", {"a"}),
        ('DELETE FROM "a" WHERE "id" IN (%s)', {"a"}),
        ("DELETE FROM ONLY a USING b, c", {"a"}),
        ("replace into a values (1)", {"a"}),
        ("WITH c AS (SELECT 1) DELETE FROM a", {"a"}),
        ("WITH c AS (DELETE FROM a RETURNING *) INSERT INTO b SELECT * FROM c", {"a", "b"}),
        ("WITH c AS (UPDATE a SET b = 1 RETURNING 1) SELECT * FROM c FOR UPDATE", {"a"}),
        ("UPDATE A SET b = 1", {"a"}),
        ("UPDATE main.a SET b = 1", {"a"}),
        ('DELETE FROM "public"."a"', {"a"}),
        ("UPDATE OR IGNORE a SET b = 1", {"a"}),
        ('INSERT INTO "a" ("b") VALUES (%s) ON CONFLICT("b") DO UPDATE SET "b" = 1', {"a"}),
        ("INSERT INTO a (a) VALUES ('delete')", {"a"}),
        ("SELECT * INTO a FROM b", {"a"}),
        ("UPDATE [a] SET b = 1", {"a"}),
        ("UPDATE `a` SET b = 1", {"a"}),
        ("DELETE FROM/**/a", {"a"}),
        ("UPDATE -- all of them\n a SET b = 1", {"a"}),
        ("INSERT INTO [a] (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 1", {"a"}),
    ],
)
def test_tables_are_found_that_a_statement_writes(sql, tables):
    found = understand(sql)

    assert found.writes == tables
    assert found.is_known


def test_tables_are_found_that_a_statement_writes_from():
    assert understand("UPDATE a SET b = 1 FROM b JOIN c ON 1, d").reads == {"b", "c", "d"}
    assert understand("DELETE FROM a USING b, c").reads == {"b", "c"}
    assert understand("INSERT INTO a SELECT * FROM b, c").reads == {"b", "c"}


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1; UPDATE a SET b = 1",
        "SELECT 1; TRUNCATE a",
        "SELECT ';'; DROP TABLE a",
        "BEGIN; DELETE FROM a; COMMIT",
        "EXPLAIN ANALYZE DELETE FROM a",
        "WITH c AS (SELECT 1) MERGE INTO a USING c ON 1 WHEN MATCHED THEN DELETE",
        "INSERT INTO (SELECT 1)",
        "UPDATE 'a",
        "SELECT /* /* */ ' */ 1, '; DELETE FROM a'",
        'SELECT * FROM U&"\\0061"',
        "CALL a()",
        "",
    ],
)
def test_writing_whose_table_is_hard_to_tell_may_have_changed_anything(sql):
    assert not understand(sql).is_known


@pytest.mark.parametrize("sql", ["DROP TABLE a", "CREATE INDEX i ON a (b)", "TRUNCATE a", "DO 1"])
def test_anything_else_may_have_changed_anything(sql):
    assert not understand(sql).is_known


def test_columns_are_known_of_a_plain_update():
    sql = 'UPDATE "a" SET "b" = %s, "c" = NULL WHERE "a"."d" = %s'

    assert understand(sql).columns == {"b", "c"}


@pytest.mark.parametrize(
    "sql",
    [
        'UPDATE "a" SET "b" = (SELECT "c" FROM "d" WHERE "e" = 1), "f" = %s WHERE "g" = %s',
        'UPDATE "a" SET "b" = %s, c = 1',
        """UPDATE "a" SET "b" = 'x WHERE', "c" = %s""",
        'UPDATE "a" SET "b" = CASE WHEN ("a"."id" = %s) THEN %s ELSE NULL END WHERE "g" = %s',
        "update a set b = 1",
    ],
)
def test_columns_are_unknown_where_an_update_is_more_than_plain(sql):
    """Then it counts as one of all columns, so that none is missed."""
    assert understand(sql).columns == frozenset()
