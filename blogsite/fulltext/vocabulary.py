"""The words that texts are made of, as typed but folded: for beginnings and for corrections.

Words are only added, until the index is made anew: what a text no longer says may still be here.
So nobody is shown one before a search for it has found something that they may read.
"""

# ruff: noqa: S608 (the names of tables are our own, never what somebody typed)

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db import connection

from blogsite.fulltext.entry import Entry
from blogsite.pagecache import remembered

IN_TEXT, IN_TITLE, LANGUAGE = 0, 1, 2
MOST_LANGUAGES = 6  # a word is looked for in so many; a site in more is rare
BATCH = 400  # words a statement; SQLite of old took 999 parameters
END = "\U0010ffff"
MOST_KNOWN = 200_000  # words that are remembered while many texts are added: some 20 MB

Known = dict[int, set[str]]  # words by their kind


class Vocabulary:
    def __init__(self, table: str):
        self.table = table

    def create(self) -> None:
        # By bytes, so that a beginning is a range; SQLite does so of its own accord.
        collation = ' COLLATE "C"' if connection.vendor == "postgresql" else ""
        without = " WITHOUT ROWID" if connection.vendor == "sqlite" else ""
        with connection.cursor() as cursor:
            cursor.execute(
                f"CREATE TABLE IF NOT EXISTS {self.table} (kind smallint NOT NULL,"
                f" word varchar(64){collation} NOT NULL, PRIMARY KEY (kind, word)){without}"
            )

    def rename(self, table: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE {self.table} RENAME TO {table}")

    def add(self, entries: Iterable[Entry], known: Known | None = None) -> None:
        """Whoever adds much passes the same `known` each time, and no word is sent twice."""
        found: Known = defaultdict(set)
        for entry in entries:
            found[IN_TEXT] |= entry.words
            found[IN_TITLE] |= entry.title_words
            found[LANGUAGE].add(entry.language[:64])
        known = defaultdict(set) if known is None else known
        self.insert([(kind, word) for kind in sorted(found) for word in found[kind] - known[kind]])
        for kind, words in found.items():
            if len(known[kind]) > MOST_KNOWN:
                known[kind].clear()
            known[kind] |= words

    def insert(self, words: list[tuple[int, str]]) -> None:
        words.sort()
        with connection.cursor() as cursor:
            for start in range(0, len(words), BATCH):
                some = words[start : start + BATCH]
                cursor.execute(
                    f"INSERT INTO {self.table} (kind, word) VALUES "
                    + ", ".join(["(%s, %s)"] * len(some))
                    + " ON CONFLICT DO NOTHING",
                    [value for pair in some for value in pair],
                )

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {self.table}")

    def languages(self) -> list[str]:
        return languages_in(self.table)

    def beginning(self, beginning: str, most: int, in_titles: bool) -> list[str]:
        kind = IN_TITLE if in_titles else IN_TEXT
        where = f"kind = {kind} AND word >= %s AND word < %s"
        return self.column(where, [beginning, beginning + END], most)

    def known(self, words: Collection[str], most: int) -> list[str]:
        """Those of `words` that there are, in the order of `words`."""
        words = list(words)
        if not words:
            return []
        marks = ", ".join(["%s"] * len(words))
        there = set(self.column(f"kind = {IN_TEXT} AND word IN ({marks})", words, len(words)))
        return [word for word in words if word in there][:most]

    def column(self, where: str, parameters: list, most: int) -> list[str]:
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT word FROM {self.table} WHERE {where} ORDER BY word LIMIT %s",
                [*parameters, most],
            )
            return [word for (word,) in cursor.fetchall()]


@remembered
def languages_in(table: str) -> list[str]:
    """Without their regions: words of all of them have the same stems."""
    found = Vocabulary(table).column(f"kind = {LANGUAGE} AND word <> ''", [], MOST_LANGUAGES)
    return list(dict.fromkeys(code.split("-")[0].lower() for code in found))
