"""Counting everything anew, in the database: not a row of it passes through here."""

# ruff: noqa: S608 (put together from names of our own alone)

from collections.abc import Iterator

from django.db import connections

from posts.tallies.sqlite import LINKS, day, listed, month

COPY = """
UPDATE "{table}" SET ("published_at", "expires_at") = (
    SELECT {listed}, post."expires_at" FROM "posts_post" AS post
    WHERE post."id" = "{table}"."post_id"
) WHERE EXISTS (
    SELECT 1 FROM "posts_post" AS post WHERE post."id" = "{table}"."post_id" AND (
        "{table}"."published_at" {differs} {listed}
        OR "{table}"."expires_at" {differs} post."expires_at"
    )
)"""
WRONG_COPIES = """
SELECT COUNT(*) FROM "{table}" JOIN "posts_post" AS post ON post."id" = "{table}"."post_id"
WHERE "{table}"."published_at" {differs} {listed}
    OR "{table}"."expires_at" {differs} post."expires_at" """
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}
UTC = "to_char(\"published_at\" AT TIME ZONE 'UTC', '{}')"
# The names of all, of a month and of a day.
PERIODS = {
    "sqlite": ["''", month('"published_at"'), day('"published_at"')],
    "postgresql": ["''", *map(UTC.format, ["YYYY-MM", '"d"YYYYMMDD'])],
}
SOURCES = {  # kind: the key, the table, and which of its rows
    "site": ("0", "posts_post", '"deleted_at" IS NULL AND "published_at" IS NOT NULL'),
    "series": (
        '"series_id"',
        "posts_post",
        '"deleted_at" IS NULL AND "published_at" IS NOT NULL AND "series_id" IS NOT NULL',
    ),
} | {
    kind: (f'"{column}"', table, '"published_at" IS NOT NULL')
    for table, (kind, column) in LINKS.items()
}


def rebuild(using: str) -> None:
    """Copy all dates to the links, and count all posts. To be called in a transaction."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in LINKS:
            cursor.execute(COPY.format(table=table, **words(connection)))
        cursor.execute('DELETE FROM "posts_tally"')
        for count in counts(connection.vendor):
            cursor.execute(f'INSERT INTO "posts_tally" ("kind", "key", "period", "number") {count}')


def count_wrong(using: str) -> int:
    """How many copies and tallies are not what they should be."""
    connection = connections[using]
    right = " UNION ALL ".join(counts(connection.vendor))
    kept = (
        'SELECT "kind", "key", "period", SUM("number") AS "number" FROM "posts_tally"'
        ' GROUP BY 1, 2, 3 HAVING SUM("number") <> 0'
    )
    wrong = 0
    with connection.cursor() as cursor:
        for table in LINKS:
            cursor.execute(WRONG_COPIES.format(table=table, **words(connection)))
            wrong += cursor.fetchone()[0]
        for one, other in [(right, kept), (kept, right)]:
            cursor.execute(
                f"SELECT COUNT(*) FROM (SELECT * FROM ({one}) AS one"
                f" EXCEPT SELECT * FROM ({other}) AS other) AS wrong"
            )
            wrong += cursor.fetchone()[0]
    return wrong


def counts(vendor: str) -> Iterator[str]:
    """Queries for all rows that the table of tallies should have."""
    for kind, (key, table, condition) in SOURCES.items():
        for period in PERIODS[vendor]:
            yield (
                f"SELECT CAST('{kind}' AS varchar(6)) AS kind, CAST({key} AS bigint) AS key,"
                f" CAST({period} AS varchar(10)) AS period, CAST(COUNT(*) AS integer) AS number"
                f' FROM "{table}" WHERE {condition} GROUP BY 1, 2, 3'
            )


def words(connection) -> dict[str, str]:
    return {"listed": listed("post"), "differs": DIFFERS[connection.vendor]}
