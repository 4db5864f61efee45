import pytest

from blogsite.pagecache.statements import understand


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('SELECT * FROM "a" WHERE "a"."id" = %s', {"a"}),
        ('SELECT * FROM "a" INNER JOIN "b" ON ("a"."id" = "b"."a_id")', {"a", "b"}),
        ('SELECT * FROM "a" LEFT OUTER JOIN "b" T3 ON (1)', {"a", "b"}),
        ('SELECT * FROM "a" WHERE EXISTS(SELECT 1 FROM "b" U0 LIMIT 1)', {"a", "b"}),
        ("select * from a, b", {"a", "b"}),
        ("select * from a as x, b y where x.id = y.id", {"a", "b"}),
        ("SELECT * FROM (SELECT 1 FROM a) sub", {"a"}),
        ("(SELECT 1 FROM a) UNION (SELECT 1 FROM b)", {"a", "b"}),
        ("WITH c AS (SELECT * FROM a) SELECT * FROM c", {"a"}),
        ('SELECT * FROM main.a, "public"."b" c', {"a", "b"}),
        ("SELECT * FROM A", {"a"}),
    ],
)
def test_all_tables_are_found_that_a_statement_reads(sql, tables):
    assert tables <= understand(sql).reads


@pytest.mark.parametrize(
    ("sql", "tables"),
    [
        ('INSERT INTO "a" ("id") VALUES (%s)', {"a"}),
        ('INSERT OR IGNORE INTO "a" ("id") VALUES (%s)', {"a"}),
        ('UPDATE "a" SET "b" = %s', {"a"}),
        ("update a set b = 1", {"a"}),
        ('DELETE FROM "a" WHERE "id" IN (%s)', {"a"}),
        ("replace into a values (1)", {"a"}),
        ("WITH c AS (SELECT 1) DELETE FROM a", {"a"}),
        ("UPDATE A SET b = 1", {"a"}),
        ("UPDATE main.a SET b = 1", {"a"}),
        ('DELETE FROM "public"."a"', {"a"}),
        ("UPDATE OR IGNORE a SET b = 1", {"a"}),
        ('INSERT INTO "a" ("b") VALUES (%s) ON CONFLICT("b") DO UPDATE SET "b" = 1', {"a"}),
        ("INSERT INTO a (a) VALUES ('delete')", {"a"}),
    ],
)
def test_tables_are_found_that_a_statement_writes(sql, tables):
    assert understand(sql).writes == tables


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE [a] SET b = 1",
        "UPDATE `a` SET b = 1",
        "DELETE FROM/**/a",
        "UPDATE -- all of them\n a SET b = 1",
        "INSERT INTO [a] (b) VALUES (1) ON CONFLICT (b) DO UPDATE SET b = 1",
        "SELECT 1; UPDATE a SET b = 1",
        "BEGIN; DELETE FROM a; COMMIT",
        "EXPLAIN ANALYZE DELETE FROM a",
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
