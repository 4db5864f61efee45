"""The triggers for PostgreSQL."""

# ruff: noqa: S608 (put together from names of our own alone)

from hashlib import sha256

from posts.tallies.sqlite import LINKS

# Nobody waits here: a transaction that waited for a number, while it holds posts, and another that
# holds the number and wants these posts would wait for ever. So a thing may have several rows, and
# their sum counts. Whoever finds all of them in use adds one, so there are never more than have
# counted at once. A free row is taken by its place, which nobody else can change then.
COUNT = """
CREATE OR REPLACE FUNCTION posts_tally_count(kind_ text, key_ bigint, moment timestamptz, step int)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    period_ text;
    place tid;
BEGIN
    IF key_ IS NULL OR moment IS NULL THEN
        RETURN;
    END IF;
    FOREACH period_ IN ARRAY ARRAY['', to_char(moment AT TIME ZONE 'UTC', 'YYYY-MM'),
                                   to_char(moment AT TIME ZONE 'UTC', '"d"YYYYMMDD')]
    LOOP
        SELECT ctid INTO place FROM posts_tally
            WHERE kind = kind_ AND key = key_ AND period = period_
            LIMIT 1 FOR NO KEY UPDATE SKIP LOCKED;
        IF FOUND THEN
            UPDATE posts_tally SET number = number + step WHERE ctid = place;
        -- Where nothing was counted, nothing is taken away: then all tables are being emptied.
        ELSIF step > 0 OR EXISTS (
                SELECT 1 FROM posts_tally WHERE kind = kind_ AND key = key_ AND period = period_) THEN
            INSERT INTO posts_tally (kind, key, period, number)
                VALUES (kind_, key_, period_, step);
        END IF;
    END LOOP;
END $$"""

LISTED = "CASE WHEN {row}.deleted_at IS NULL THEN {row}.published_at END"
OLD, NEW = LISTED.format(row="OLD"), LISTED.format(row="NEW")

COPIES = " ".join(
    f"UPDATE {table} SET published_at = is_now, expires_at = NEW.expires_at WHERE post_id = NEW.id;"
    for table in LINKS
)

OF_POSTS = f"""
CREATE OR REPLACE FUNCTION posts_tally_of_posts() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was timestamptz;
    is_now timestamptz;
    was_part_of bigint;
    is_part_of bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        was := {OLD};
        was_part_of := OLD.series_id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        is_now := {NEW};
        is_part_of := NEW.series_id;
    END IF;
    IF was IS DISTINCT FROM is_now THEN
        PERFORM posts_tally_count('site', 0, was, -1);
        PERFORM posts_tally_count('site', 0, is_now, 1);
    END IF;
    IF was IS DISTINCT FROM is_now OR was_part_of IS DISTINCT FROM is_part_of THEN
        PERFORM posts_tally_count('series', was_part_of, was, -1);
        PERFORM posts_tally_count('series', is_part_of, is_now, 1);
    END IF;
    IF TG_OP = 'UPDATE' AND (
        was IS DISTINCT FROM is_now OR OLD.expires_at IS DISTINCT FROM NEW.expires_at
    ) THEN
        {COPIES}
    END IF;
    RETURN NULL;
END $$"""

# The post is held until the end: somebody may be about to publish it, who does not see this link.
# As strongly as by who changes it, for this transaction may do so next: two that hold it together
# would then wait for each other.
COPY = f"""
CREATE OR REPLACE FUNCTION posts_tally_copy() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    SELECT {LISTED.format(row="post")}, post.expires_at INTO NEW.published_at, NEW.expires_at
        FROM posts_post AS post WHERE post.id = NEW.post_id FOR NO KEY UPDATE;
    RETURN NEW;
END $$"""


def of_links(table: str) -> str:
    kind, column = LINKS[table]
    return f"""
CREATE OR REPLACE FUNCTION posts_tally_of_{kind}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.{column} = NEW.{column}
            AND OLD.published_at IS NOT DISTINCT FROM NEW.published_at THEN
        RETURN NULL;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM posts_tally_count('{kind}', OLD.{column}, OLD.published_at, -1);
    END IF;
    IF TG_OP <> 'DELETE' THEN
        PERFORM posts_tally_count('{kind}', NEW.{column}, NEW.published_at, 1);
    END IF;
    RETURN NULL;
END $$"""


def functions() -> list[str]:
    return [COUNT, OF_POSTS, COPY, *map(of_links, LINKS)]


def triggers() -> dict[str, tuple[str, str]]:
    """The table of each trigger and the statement that makes it, by its name."""
    columns = "published_at, deleted_at, expires_at, series_id"
    found = {
        "tally_posts": (
            f"AFTER INSERT OR DELETE OR UPDATE OF {columns}",
            "posts_post",
            "posts_tally_of_posts",
        )
    }
    for table, (kind, column) in LINKS.items():
        found[f"tally_{kind}_copied"] = (
            "BEFORE INSERT OR UPDATE OF post_id",
            table,
            "posts_tally_copy",
        )
        found[f"tally_{kind}_counted"] = (
            # With a new post come new dates, which the copying before does not name as changed.
            f"AFTER INSERT OR DELETE OR UPDATE OF {column}, post_id, published_at",
            table,
            f"posts_tally_of_{kind}",
        )
    return {
        name: (
            table,
            f"CREATE TRIGGER {name} {when} ON {table} FOR EACH ROW EXECUTE FUNCTION {function}()",
        )
        for name, (when, table, function) in found.items()
    }


def making() -> list[str]:
    """All statements that make them: the functions that they call, they, and what marks each."""
    marks = [
        f"COMMENT ON TRIGGER {name} ON {table} IS '{mark()}'"
        for name, (table, _statement) in triggers().items()
    ]
    return [*functions(), *(statement for _table, statement in triggers().values()), *marks]


def definitions() -> dict[str, str]:
    """What FOUND says of each trigger that is as it is here.

    PostgreSQL keeps functions and triggers in words of its own, so a mark stands for them all.
    """
    return dict.fromkeys(triggers(), mark())


def mark() -> str:
    statements = (statement for _table, statement in triggers().values())
    return sha256("\n".join([*functions(), *statements]).encode()).hexdigest()


# The name, the table and the definition of each trigger that there is.
FOUND = """
SELECT tgname, relname, obj_description(pg_trigger.oid, 'pg_trigger')
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"""


def drop(name: str, table: str) -> str:
    return f"DROP TRIGGER IF EXISTS {name} ON {table}"
