"""What somebody typed to find something, and the rows that it names."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Model, Q, QuerySet

MAX_LENGTH = 100  # characters; names are hardly longer
MAX_WORDS = 5  # further ones are ignored: each costs a look at all names


@dataclass(frozen=True)
class Query:
    """What was typed, in one line without control characters, and its words."""

    text: str
    words: list[str]

    @classmethod
    def of(cls, typed: str) -> "Query":
        """`typed` may be anything that an address can hold."""
        plain = "".join(letter if letter.isprintable() else " " for letter in typed[:1000])
        words = plain.split()
        return cls(" ".join(words)[:MAX_LENGTH], words[:MAX_WORDS])

    def begins(self, column: str) -> Q:
        return any_case(f"{column}__istartswith", self.text)

    def holds(self, *columns: str) -> Q:
        """That each word occurs in one of the columns."""
        found = Q()
        for word in self.words:
            in_one = Q()
            for column in columns:
                in_one |= any_case(f"{column}__icontains", word[:MAX_LENGTH])
            found &= in_one
        return found

    def begins_of(self, text: str) -> bool:
        """Whether `text` begins with what was typed."""
        return text.casefold().startswith(self.text.casefold())

    def is_in(self, *texts: object) -> bool:
        """The same of texts that are at hand."""
        together = " ".join(map(str, texts)).casefold()
        return all(word.casefold() in together for word in self.words)


def called(rows: Iterable[tuple], query: Query) -> list[int]:
    """Keys of the `rows` (a key and names each) with all words of `query` in their names.

    Those whose first name begins so before the others, each in the order of the rows and once.
    """
    found = [row for row in rows if query.is_in(*row[1:])]
    found.sort(key=lambda row: not query.begins_of(row[1]))
    return list(dict.fromkeys(row[0] for row in found))


def any_case(lookup: str, text: str) -> Q:
    """SQLite knows upper and lower case of ASCII alone; of the others the usual ways are tried."""
    if text.isascii():
        return Q(**{lookup: text})
    found = Q()
    for written in {text, text.lower(), text.upper(), text.capitalize()}:
        found |= Q(**{lookup: written})
    return found


def best(rows: QuerySet, query: Query, *columns: str, most: int) -> list[Model]:
    """At most so many `rows`: those whose first column begins with the query before those that
    hold its words in any of the `columns`, each in the order of the rows.

    Keys are read first, which an index over the names can answer alone.
    """
    keys = list(rows.filter(query.begins(columns[0])).values_list("pk", flat=True)[:most])
    if len(keys) < most:
        others = rows.filter(query.holds(*columns)).exclude(pk__in=keys)
        keys += others.values_list("pk", flat=True)[: most - len(keys)]
    found = {row.pk: row for row in rows.filter(pk__in=keys)} if keys else {}
    return [found[key] for key in keys if key in found]
