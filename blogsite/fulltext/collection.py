"""Texts of one kind, and how they are put into the index and found there."""

from collections.abc import Callable, Iterable
from collections.abc import Collection as Some
from dataclasses import dataclass
from itertools import islice

from django.db import connection, models, transaction

from blogsite.fulltext import correcting, rebuilding
from blogsite.fulltext.batches import in_batches
from blogsite.fulltext.entry import Document, entry_of
from blogsite.fulltext.parsing import TextQuery
from blogsite.fulltext.places import LATEST, key_at
from blogsite.fulltext.ranking import tiers
from blogsite.fulltext.store import Store
from blogsite.fulltext.vocabulary import Known

__all__ = ["Collection", "Document", "Hits", "collections"]

MOST_AT_ONCE = 200  # keys

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
    """Texts of one kind, which are rows of `model`.

    `read(keys)` yields the documents with these keys, as far as there are; `walk()` yields the keys
    of all, those of the oldest first where that costs little.
    """

    def __init__(
        self,
        name: str,
        read: Callable[[Some[int]], Iterable[Document]],
        walk: Callable[[], Iterable[int]],
        *,
        model: type[models.Model],
        size: Callable[[], int],
        words: bool = True,
        lock: Callable[[Some[int]], object] | None = None,
    ):
        """`name` becomes that of tables; `size` tells how many texts there are.

        `words`: whether the words are kept, to be suggested, and stems looked for in each language.
        `lock(keys)` lets others who would change these texts wait for the end of the transaction.
        It is needed where a text has parts in other tables: two who write a part each would not see
        that of the other.
        """
        self.name = name
        self.read = read
        self.walk = walk
        self.model = model
        self.size = size
        self.lock = lock
        self.store = Store(f"fulltext_{name}", words=words)
        collections[name] = self

    @property
    def index(self):
        return self.store.index

    @property
    def vocabulary(self):
        return self.store.vocabulary

    # --- Writing

    def put_in_step(self, keys: Iterable[int]) -> None:
        """Read the texts with these keys again; what is no longer there is taken out."""
        # In their order, so that two who write the same texts never wait for each other.
        for some in in_batches(sorted(set(keys))):
            with transaction.atomic():
                if self.lock and connection.features.has_select_for_update:
                    self.lock(some)
                documents = list(self.read(some))
                self.remove(set(some) - {document.key for document in documents})
                self.put(documents)

    def put(self, documents: Iterable[Document], words: Known | None = None) -> None:
        """Write these texts, as they are now, in the transaction that wrote them.

        Whoever writes many passes the same `words` each time: see Vocabulary.add.
        """
        self.store.put(documents, words)

    def remove(self, keys: Iterable[int]) -> None:
        self.store.remove(keys)

    def clear(self) -> None:
        self.store.clear()

    def rebuild(self, progress: Callable = iter) -> int:
        """Make all of it anew; see rebuilding.py. How many texts there are."""
        return rebuilding.rebuild(self, progress)

    def repair(self, progress: Callable = iter) -> None:
        """Bring in step what is not; what is right stays as it is. Can be stopped and run again."""
        rebuilding.drop_unfinished(self)
        for keys in in_batches(progress(self.walk())):
            self.put_in_step(keys)
        last = -1
        while keys := self.index.keys_after(last, MOST_AT_ONCE):
            there = {document.key for document in self.read(keys)}
            self.put_in_step(set(keys) - there)
            last = keys[-1]

    def forget(self) -> None:
        """Let go of the words of texts that were taken out, as far as the database still has them."""
        self.index.forget()

    def check(self, progress: Callable = iter) -> Check:
        """Compare each text with the index; as much work as making it anew, but no writing."""
        check = Check()
        for keys in in_batches(progress(self.walk())):
            known = self.index.known(keys)
            for entry in map(entry_of, self.read(keys)):
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

    def search(self, query: TextQuery, limit: int, *, after: int = 0, before: int = LATEST) -> Hits:
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
