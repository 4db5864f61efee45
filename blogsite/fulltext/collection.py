"""Texts of one kind, and how they are put into the index and found there."""

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Collection as Some
from dataclasses import dataclass
from itertools import islice

from django.db import connection, transaction

from blogsite.fulltext import correcting, postgres, sqlite
from blogsite.fulltext.entry import Document, entry_of
from blogsite.fulltext.places import LATEST, key_at
from blogsite.fulltext.query import Query
from blogsite.fulltext.ranking import tiers
from blogsite.fulltext.vocabulary import Vocabulary

BATCH = 200  # texts at once: some MB
ENGINES = {"sqlite": sqlite.Index, "postgresql": postgres.Index}

collections: dict[str, "Collection"] = {}


@dataclass
class Hits:
    """What was found, best first. `places` says when each is from: see places.py."""

    places: list[int]
    has_more: bool = False

    @property
    def keys(self) -> list[int]:
        return [key_at(place) for place in self.places]


@dataclass
class Check:
    """How an index differs from the texts; each is a number of texts."""

    right: int = 0
    missing: int = 0
    outdated: int = 0
    left_over: int = 0

    def __bool__(self) -> bool:
        return not (self.missing or self.outdated or self.left_over)


class Collection:
    """`read(keys)` yields the documents with these keys, or all of them, by moment, for None."""

    def __init__(
        self,
        name: str,
        read: Callable[[Some[int] | None], Iterable[Document]],
        *,
        size: Callable[[], int] | None = None,
        words: bool = True,
    ):
        """`name` becomes that of tables; `size` tells how many texts there are.

        `words`: whether the words are kept, to be suggested, and stems looked for in each language.
        """
        self.name = name
        self.read = read
        self.size = size
        self.vocabulary = Vocabulary(f"fulltext_{name}_words") if words else None
        collections[name] = self

    @property
    def index(self):
        return ENGINES[connection.vendor](f"fulltext_{self.name}")

    @property
    def tables(self) -> list[str]:
        own = [self.vocabulary.table] if self.vocabulary else []
        return [*self.index.tables, *own]

    # --- Writing

    def prepare(self) -> None:
        """Make the tables where there are none."""
        self.index.create()
        if self.vocabulary:
            self.vocabulary.create()

    def put_in_step(self, keys: Iterable[int]) -> None:
        """Read the texts with these keys again; what is no longer there is taken out."""
        for some in in_batches(keys):
            with transaction.atomic():
                documents = list(self.read(some))
                self.remove(set(some) - {document.key for document in documents})
                self.put(documents)

    def put(self, documents: Iterable[Document]) -> None:
        documents = list(documents)
        index = self.index
        known = index.known([document.key for document in documents])
        entries = [entry_of(document) for document in documents]
        changed = [
            entry for entry in entries if known.get(entry.key) != (entry.place, entry.digest)
        ]
        index.remove([entry.key for entry in changed if entry.key in known])
        index.add(sorted(changed, key=lambda entry: entry.place))
        if self.vocabulary:
            of_changed = {entry.key for entry in changed}
            self.vocabulary.add(each for each in documents if each.key in of_changed)

    def remove(self, keys: Iterable[int]) -> None:
        for some in in_batches(keys):
            self.index.remove(some)

    def clear(self) -> None:
        self.index.clear()
        if self.vocabulary:
            self.vocabulary.clear()

    def rebuild(self, progress: Callable = iter) -> int:
        """Make all of it anew, bit by bit; how many texts there are.

        Meanwhile searches find what is there already.
        """
        count = 0
        self.clear()
        for documents in in_batches(progress(self.read(None))):
            with transaction.atomic():
                self.put(documents)
            count += len(documents)
        self.index.tidy()
        return count

    def repair(self, progress: Callable = iter) -> None:
        """Bring in step what is not; what is right stays as it is. Can be stopped and run again."""
        for documents in in_batches(progress(self.read(None))):
            with transaction.atomic():
                self.put(documents)
        last = -1
        while keys := self.index.keys_after(last, BATCH):
            self.put_in_step(keys)
            last = keys[-1]

    def check(self, progress: Callable = iter) -> Check:
        """Compare each text with the index; as much work as making it anew, but no writing."""
        check = Check()
        for documents in in_batches(progress(self.read(None))):
            known = self.index.known([document.key for document in documents])
            for entry in map(entry_of, documents):
                if entry.key not in known:
                    check.missing += 1
                elif known[entry.key] != (entry.place, entry.digest):
                    check.outdated += 1
                else:
                    check.right += 1
        check.left_over = max(0, self.count() - check.right - check.outdated)
        return check

    def count(self) -> int:
        return self.index.count()

    # --- Finding

    def search(self, query: Query, limit: int, *, after: int = 0, before: int = LATEST) -> Hits:
        """The best `limit` texts with places from `after` to `before`."""
        expression = tiers(query, self.languages(), self.words_from)
        if expression is None:
            return Hits([])
        *better, newest = self.index.find_each(
            [*expression.better, expression.everywhere], limit + 1, after, before
        )
        # A text stands where it answers best.
        found = dict.fromkeys(place for places in [*better, newest] for place in places)
        return Hits(list(islice(found, limit)), has_more=len(newest) > limit)

    def has(self, query: Query, **bounds) -> bool:
        return bool(self.search(query, 1, **bounds).places)

    def languages(self) -> list[str]:
        """Those in which texts are written: a word may have a stem in each of them."""
        return self.vocabulary.languages() if self.vocabulary else []

    def words_from(self, beginning: str, most: int = 8, *, in_titles: bool = False) -> list[str]:
        """Words that begin so, folded."""
        return self.vocabulary.beginning(beginning, most, in_titles) if self.vocabulary else []

    def correct(self, word: str) -> list[str]:
        """Words of the texts that are one mistake away from `word`; drafts have words too."""
        if not self.vocabulary:
            return []
        return self.vocabulary.known(correcting.near(word), correcting.MOST)


def in_batches(things: Iterable, size: int = BATCH) -> Iterator[list]:
    things = iter(things)
    while batch := list(islice(things, size)):
        yield batch
