"""Putting the triggers into the database, and taking them out while its tables are altered.

SQLite alters a table by making it anew, and stops at triggers of others that speak of it. So they
are taken out before migrations of this app run, and put back after; whatever was written between,
or by an older program, is then counted anew.
"""

from django.db import connections, transaction

from posts.models import Tally
from posts.tallies import counting, postgresql, sqlite

DIALECTS = {"sqlite": sqlite, "postgresql": postgresql}


def dialect_of(connection):
    return DIALECTS[connection.vendor]


def are_there(using: str) -> bool:
    """Whether the triggers are there, as this version of the program makes them, and no others."""
    connection = connections[using]
    there = {name: definition for name, (_table, definition) in found(connection).items()}
    return there == dialect_of(connection).definitions()


def found(connection) -> dict[str, tuple[str, str | None]]:
    """The triggers of ours that there are: the table and the definition of each, by its name."""
    with connection.cursor() as cursor:
        cursor.execute(dialect_of(connection).FOUND)
        return {
            name: (table, definition)
            for name, table, definition in cursor.fetchall()
            if name.startswith("tally_")
        }


def put_in(using: str) -> None:
    """Count everything anew, and make the triggers that keep it so; nobody writes in between."""
    connection = connections[using]
    dialect = dialect_of(connection)
    with transaction.atomic(using=using), connection.cursor() as cursor:
        take_out(using)
        for table in ["posts_post", *sqlite.LINKS] if connection.vendor == "postgresql" else []:
            cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")
        counting.rebuild(using)
        for statement in dialect.making():
            # Without parameters nothing in them is taken for one.
            cursor.execute(statement)


def take_out(using: str) -> None:
    connection = connections[using]
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for name, (table, _definition) in found(connection).items():
            cursor.execute(dialect_of(connection).drop(name, table))


# --- Around migrations ------------------------------------------------------------


def before_migrating(sender, using, plan=(), **kwargs) -> None:
    """Receiver of `pre_migrate`."""
    is_altered = any(migration.app_label == "posts" for migration, _backwards in plan)
    if is_altered and connections[using].vendor in DIALECTS:
        take_out(using)


def after_migrating(sender, using, **kwargs) -> None:
    """Receiver of `post_migrate`."""
    connection = connections[using]
    if connection.vendor not in DIALECTS or are_there(using):
        return
    # An older state of the tables has no place for them.
    if Tally._meta.db_table in connection.introspection.table_names():
        put_in(using)
