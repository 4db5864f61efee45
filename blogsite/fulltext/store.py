"""The tables of one collection: the index of its texts, and the words that they are made of."""

from collections.abc import Iterable

from django.db import connection, transaction

from blogsite.fulltext import postgres, sqlite
from blogsite.fulltext.entry import Document, entry_of
from blogsite.fulltext.vocabulary import Known, Vocabulary

ENGINES = {"sqlite": sqlite.Index, "postgresql": postgres.Index}


class Store:
    """All tables are named after `name`; `words`: whether there is a vocabulary."""

    def __init__(self, name: str, *, words: bool):
        self.name = name
        self.vocabulary = Vocabulary(f"{name}_words") if words else None

    @property
    def index(self):
        return ENGINES[connection.vendor](self.name)

    @property
    def tables(self) -> list[str]:
        own = [self.vocabulary.table] if self.vocabulary else []
        return [*self.index.tables, *own]

    # --- The tables

    def create(self) -> None:
        """Make them where there are none."""
        self.index.create()
        if self.vocabulary:
            self.vocabulary.create()

    def drop(self) -> None:
        for table in self.tables:
            with connection.cursor() as cursor:
                cursor.execute(f"DROP TABLE IF EXISTS {table}")

    def rename(self, name: str) -> None:
        self.index.rename(name)
        if self.vocabulary:
            self.vocabulary.rename(f"{name}_words")

    @transaction.atomic
    def clear(self) -> None:
        self.index.clear()
        if self.vocabulary:
            self.vocabulary.clear()

    # --- Texts

    def put(self, documents: Iterable[Document], words: Known | None = None) -> None:
        """Write those that differ from what is there; `words` as in Vocabulary.add."""
        index = self.index
        entries = [entry_of(document) for document in documents]
        known = index.known([entry.key for entry in entries])
        changed = [
            entry for entry in entries if known.get(entry.key) != (entry.place, entry.digest)
        ]
        index.put(sorted(changed, key=lambda entry: entry.place), known)
        if self.vocabulary:
            self.vocabulary.add(changed, words)

    def remove(self, keys: Iterable[int]) -> None:
        if keys := list(keys):
            self.index.remove(keys)
