"""Putting the triggers into the database, and taking them out while its tables are altered.

SQLite alters a table by making it anew, and stops at triggers of others that speak of it. So they
are taken out before migrations of this app run, and put back after; whatever was written between,
or by an older program, is then counted anew.
"""

from django.db import connections, transaction

from posts.models import Tally
from posts.tallies import counting, postgresql, sqlite

ARE_THERE = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": (
        "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid"
        " WHERE NOT tgisinternal AND relnamespace = current_schema()::regnamespace"
    ),
}


def dialect_of(connection):
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.vendor]


def are_there(using: str) -> bool:
    connection = connections[using]
    return set(dialect_of(connection).triggers()) <= set(found(connection))


def found(connection) -> dict[str, str]:
    """The triggers of ours that there are: the table of each, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(ARE_THERE[connection.vendor])
        return {name: table for name, table in cursor.fetchall() if name.startswith("tally_")}


def put_in(using: str) -> None:
    """Count everything anew, and make the triggers that keep it so; nobody writes in between."""
    connection = connections[using]
    dialect = dialect_of(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        take_out(using)
        for table in ["posts_post", *sqlite.LINKS] if connection.vendor == "postgresql" else []:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        counting.rebuild(using)
        for statement in [*dialect.extras(), *dialect.triggers().values()]:
            # Without parameters nothing in them is taken for one.
            cursor.execute(statement)


def take_out(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, table in found(connection).items():
            cursor.execute(dialect_of(connection).drop(name, table))


# --- Around migrations ------------------------------------------------------------


def before_migrating(sender, using, plan=(), **kwargs) -> None:
    """Receiver of `pre_migrate`."""
    if any(migration.app_label == "posts" for migration, _backwards in plan):
        take_out(using)


def after_migrating(sender, using, **kwargs) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    if connection.vendor not in ARE_THERE or are_there(using):
        return
    # An older state of the tables has no place for them.
    if Tally._meta.db_table in connection.introspection.table_names():
        put_in(using)
