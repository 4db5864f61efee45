"""Making an index anew beside the one that is searched, which then takes its place.

So a search finds everything meanwhile, and whoever is killed half-way has changed nothing: the next
run begins again. What is written meanwhile goes into the old index alone; a list of what that held
at the beginning tells which texts those are.
"""

# ruff: noqa: S608 (the names of tables are our own, never what somebody typed)

from collections import defaultdict
from collections.abc import Callable

from django.db import connection, transaction

from blogsite.fulltext.batches import in_batches
from blogsite.fulltext.store import Store


def rebuild(collection, progress: Callable = iter) -> int:
    """How many texts there are."""
    drop_unfinished(collection)
    new, before = beside(collection), list_of(collection)
    new.create()
    execute(f"CREATE TABLE {before} AS SELECT key, place, digest FROM {collection.index.texts}")
    execute(f"CREATE INDEX {before}_by_key ON {before} (key)")
    count, words = 0, defaultdict(set)
    for keys in in_batches(progress(collection.walk())):
        with transaction.atomic():
            documents = list(collection.read(keys))
            new.put(documents, words)
        count += len(documents)
    new.index.tidy()
    take_its_place(collection, new, before)
    return count


def is_unfinished(collection) -> bool:
    """Whether a rebuilding is under way or was cut off."""
    return list_of(collection) in connection.introspection.table_names()


def drop_unfinished(collection) -> None:
    """Forget what was made by a rebuilding that was cut off."""
    beside(collection).drop()
    execute(f"DROP TABLE IF EXISTS {list_of(collection)}")


@transaction.atomic
def take_its_place(collection, new: Store, before: str) -> None:
    old = collection.store
    # From here on nobody writes to the old one; whoever waits then writes to the new one.
    old.index.lock()
    for keys in in_batches(changed_since(before, old.index.texts)):
        documents = list(collection.read(keys))
        new.remove(set(keys) - {document.key for document in documents})
        new.put(documents)
    old.drop()
    new.rename(old.name)
    execute(f"DROP TABLE {before}")


def changed_since(before: str, texts: str) -> list[int]:
    """Keys of texts that were added, changed or removed."""
    differ = "b.place <> t.place OR b.digest <> t.digest"
    found = execute(
        f"SELECT t.key FROM {texts} t LEFT JOIN {before} b ON b.key = t.key"
        f" WHERE b.key IS NULL OR {differ}"
        f" UNION SELECT b.key FROM {before} b LEFT JOIN {texts} t ON b.key = t.key"
        " WHERE t.key IS NULL"
    )
    return sorted(key for (key,) in found)


def beside(collection) -> Store:
    return Store(f"{collection.store.name}_new", words=bool(collection.store.vocabulary))


def list_of(collection) -> str:
    return f"{collection.store.name}_before"


def execute(sql: str) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall() if cursor.description else []
