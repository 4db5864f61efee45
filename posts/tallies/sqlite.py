"""The triggers for SQLite.

`OR IGNORE` of the statement that fires a trigger also rules inside of it, so nothing here relies on
a conflict: a row is made where there is none, and then counted up.
"""

# ruff: noqa: S608 (put together from names of our own alone)

LINKS = {"posts_post_tags": ("tag", "tag_id"), "posts_byline": ("author", "user_id")}


def triggers() -> dict[str, str]:
    """The statement that makes each trigger, by its name."""
    found = {}
    for when in (of_posts(), of_series(), *(of_links(table) for table in LINKS)):
        found |= when
    return {
        name: f'CREATE TRIGGER "{name}" AFTER {event} BEGIN {" ".join(body)} END'
        for name, (event, body) in found.items()
    }


def drop(name: str, table: str) -> str:
    return f'DROP TRIGGER IF EXISTS "{name}"'


def making() -> list[str]:
    """All statements that make them."""
    return list(triggers().values())


def definitions() -> dict[str, str]:
    """What FOUND says of each trigger that is as it is here: SQLite keeps the words."""
    return triggers()


# The name, the table and the definition of each trigger that there is.
FOUND = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"


def of_posts() -> dict[str, tuple[str, list[str]]]:
    old, new = listed("OLD"), listed("NEW")
    changed = f"{old} IS NOT {new}"
    copied = [
        f'UPDATE "{table}" SET "published_at" = {new}, "expires_at" = NEW."expires_at"'
        ' WHERE "post_id" = NEW."id";'
        for table in LINKS
    ]
    columns = '"published_at", "deleted_at"'
    return {
        "tally_post_made": ('INSERT ON "posts_post"', count_up("site", "0", new)),
        "tally_post_gone": ('DELETE ON "posts_post"', count_down("site", "0", old)),
        "tally_post_changed": (
            f'UPDATE OF {columns} ON "posts_post" WHEN {changed}',
            [*count_down("site", "0", old), *count_up("site", "0", new)],
        ),
        "tally_post_copied": (
            f'UPDATE OF {columns}, "expires_at" ON "posts_post"'
            f' WHEN {changed} OR OLD."expires_at" IS NOT NEW."expires_at"',
            copied,
        ),
    }


def of_series() -> dict[str, tuple[str, list[str]]]:
    old, new = listed("OLD"), listed("NEW")
    of_old = count_down("series", 'OLD."series_id"', old)
    of_new = count_up("series", 'NEW."series_id"', new)
    return {
        "tally_part_made": (
            'INSERT ON "posts_post" WHEN NEW."series_id" IS NOT NULL',
            of_new,
        ),
        "tally_part_gone": ('DELETE ON "posts_post" WHEN OLD."series_id" IS NOT NULL', of_old),
        "tally_part_changed": (
            'UPDATE OF "published_at", "deleted_at", "series_id" ON "posts_post"'
            f' WHEN {old} IS NOT {new} OR OLD."series_id" IS NOT NEW."series_id"',
            [*of_old, *of_new],
        ),
    }


def of_links(table: str) -> dict[str, tuple[str, list[str]]]:
    kind, column = LINKS[table]
    old = count_down(kind, f'OLD."{column}"', 'OLD."published_at"')
    new = count_up(kind, f'NEW."{column}"', 'NEW."published_at"')
    copy = (
        f'UPDATE "{table}" SET ("published_at", "expires_at") ='
        f' (SELECT {listed("post")}, post."expires_at" FROM "posts_post" AS post'
        ' WHERE post."id" = NEW."post_id") WHERE "id" = NEW."id";'
    )
    return {
        # The copy is an update, which is counted as one.
        f"tally_{kind}_put": (f'INSERT ON "{table}"', [*new, copy]),
        f"tally_{kind}_taken": (f'DELETE ON "{table}"', old),
        f"tally_{kind}_moved": (
            f'UPDATE OF "post_id" ON "{table}" WHEN OLD."post_id" <> NEW."post_id"',
            [copy],
        ),
        f"tally_{kind}_changed": (
            f'UPDATE OF "{column}", "published_at" ON "{table}"'
            f' WHEN OLD."{column}" <> NEW."{column}"'
            ' OR OLD."published_at" IS NOT NEW."published_at"',
            [*old, *new],
        ),
    }


def listed(row: str) -> str:
    """The moment at which lists name a post; NULL for a draft, and for what is in the trash."""
    return f'(CASE WHEN {row}."deleted_at" IS NULL THEN {row}."published_at" END)'


def count_up(kind: str, key: str, moment: str) -> list[str]:
    """One more of a kind in all periods of a moment; none where the key or the moment is NULL."""
    periods = f"SELECT '' AS period UNION ALL SELECT {month(moment)} UNION ALL SELECT {day(moment)}"
    known = f'"kind" = \'{kind}\' AND "key" = {key} AND "period" = each.period'
    return [
        'INSERT INTO "posts_tally" ("kind", "key", "period", "number")'
        f" SELECT '{kind}', {key}, each.period, 0 FROM ({periods}) AS each"
        f" WHERE {key} IS NOT NULL AND {moment} IS NOT NULL"
        f' AND NOT EXISTS (SELECT 1 FROM "posts_tally" WHERE {known});',
        add(1, kind, key, moment),
    ]


def count_down(kind: str, key: str, moment: str) -> list[str]:
    """One less; no row is made for it, so that emptying all tables leaves none behind."""
    return [add(-1, kind, key, moment)]


def add(step: int, kind: str, key: str, moment: str) -> str:
    return (
        f'UPDATE "posts_tally" SET "number" = "number" + {step}'
        f' WHERE "kind" = \'{kind}\' AND "key" = {key} AND {moment} IS NOT NULL'
        f" AND \"period\" IN ('', {month(moment)}, {day(moment)});"
    )


def month(moment: str) -> str:
    return f"substr({moment}, 1, 7)"


def day(moment: str) -> str:
    return f"'d' || replace(substr({moment}, 1, 10), '-', '')"
