"""All collections: made ready when the database is, and looked after."""

from itertools import islice

from blogsite.fulltext.collection import collections

BUILT_AT_ONCE = 1_000  # texts; more would hold up a migration, and are left to the command


def make_ready() -> None:
    """Tables for each collection, and what belongs into an empty one where that is soon done."""
    for collection in collections.values():
        collection.prepare()
        texts = list(islice(collection.read(None), BUILT_AT_ONCE + 1))
        if not texts:
            collection.clear()  # the database was emptied
        elif not collection.count() and len(texts) <= BUILT_AT_ONCE:
            collection.put(texts)
