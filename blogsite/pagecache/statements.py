"""Which tables an SQL statement reads and writes, as Django and people write it.

No grammar of SQL, of which there are many: the words are read one after the other, and what may be
the name of a table counts as one. More tables than there are do no harm; one that is missed would.
"""

import re
from functools import lru_cache
from typing import NamedTuple

WORDS = re.compile(
    r"""
    (?P<nothing> \s+ | --[^\n]* | /\*.*?\*/ | %s | %\(\w+\)s | \d[\w.]* )
  | (?P<text> [eE]'(?:[^'\\]|\\.|'')*' | '(?:[^']|'')*' | \$(?P<tag>(?:[^\W\d]\w*)?)\$.*?\$(?P=tag)\$ )
  | (?P<quoted> "(?:[^"]|"")*" | `[^`]*` )
  | (?P<word> [^\W\d][\w$]* )
  | (?P<mark> . )
    """,
    re.VERBOSE | re.DOTALL,
)
# What cannot be told apart: quotes without an end, comments in comments, names in ciphers.
ODD = re.compile(r"/\*(?:(?!\*/).)*/\*|\bU&\"", re.DOTALL | re.IGNORECASE)
QUOTES = frozenset("'\"`")

# What changes no row and leads to none, and what else is understood.
HARMLESS = {"SAVEPOINT", "RELEASE", "ROLLBACK", "BEGIN", "COMMIT", "EXPLAIN", "PRAGMA", "SET"}
HARMLESS |= {"SHOW", "ANALYZE", "VACUUM"}
KNOWN = {"SELECT", "INSERT", "REPLACE", "UPDATE", "DELETE", "WITH", "VALUES", "TABLE"}
VERBS = {"INSERT", "UPDATE", "DELETE", "MERGE"}

# After these the name of a table may stand; after the first three several, with commas.
BEFORE_MANY = {"FROM", "JOIN", "USING"}
BEFORE_ONE = {"TABLE", "IN"}
BETWEEN = {"ONLY", "LATERAL"}
# With these a list of tables is at its end, or there was none.
AFTER_ALL = {"SELECT", "VALUES", "WHERE", "GROUP", "HAVING", "WINDOW", "ORDER", "LIMIT", "OFFSET"}
AFTER_ALL |= {"FETCH", "UNION", "EXCEPT", "INTERSECT", "RETURNING"}

# What a plain UPDATE of Django sets. Anything more than that counts as all columns.
ASSIGNMENT = r'"(\w+)" = (?:%s|NULL)'
ASSIGNMENTS = re.compile(
    rf'UPDATE "\w+" SET ({ASSIGNMENT}(?:, {ASSIGNMENT})*)(?: WHERE .*)?',  # noqa: S608 - a pattern
    re.DOTALL,
)


class Statement(NamedTuple):
    """`columns` are those of an UPDATE; `is_known` is false for what may have changed anything."""

    reads: frozenset[str] = frozenset()
    writes: frozenset[str] = frozenset()
    columns: frozenset[str] = frozenset()
    is_known: bool = True


class Word(NamedTuple):
    kind: str  # text, quoted, word or mark
    text: str

    @property
    def keyword(self) -> str:
        return self.text.upper() if self.kind == "word" else ""

    @property
    def name(self) -> str:
        """Databases do not mind how a plain name is written, and Django writes all names small."""
        return self.text.strip("'\"`").lower()


@lru_cache(maxsize=4096)
def understand(sql: str) -> Statement:
    words = words_of(sql)
    reader = Reader(words)
    first = next((word.keyword for word in words if word.text != "("), "")
    if reader.is_lost or any(word.kind == "mark" and word.text in QUOTES for word in words):
        return Statement(reader.reads, is_known=False)
    if ODD.search(sql) or is_more_than_one(words):
        return Statement(reader.reads, is_known=False)
    if first in HARMLESS:
        # PostgreSQL carries out what EXPLAIN ANALYZE explains.
        return Statement(is_known=first != "EXPLAIN" or not reader.verbs)
    if first not in KNOWN or "MERGE" in reader.verbs or (reader.verbs and not reader.writes):
        return Statement(reader.reads, is_known=False)
    changed = ASSIGNMENTS.fullmatch(sql)
    columns = re.findall(ASSIGNMENT, changed[1]) if changed else []
    return Statement(reader.reads - reader.writes, reader.writes, frozenset(columns))


def words_of(sql: str) -> list[Word]:
    found = ((match.lastgroup, match[0]) for match in WORDS.finditer(sql))
    return [Word(kind, text) for kind, text in found if kind != "nothing"]


def is_more_than_one(words: list[Word]) -> bool:
    """PostgreSQL takes several statements at once."""
    return any(word.kind == "mark" and word.text == ";" for word in words[:-1])


class Reader:
    """Goes through the words, and knows at each whether the name of a table is due."""

    def __init__(self, words: list[Word]):
        self.words, self.place = words, 0
        self.found: dict[str, set[str]] = {"read": set(), "write": set()}
        self.verbs: set[str] = set()
        self.due = ""  # "read" or "write" where the name of a table may be next
        self.in_list = [False]  # for each open bracket: whether a comma leads to another table
        self.is_lost = False
        while self.place < len(words):
            word = words[self.place]
            self.place += 1
            if word.kind == "mark":
                self.take_mark(word.text)
            elif word.kind != "word" or not self.take_keyword(word.keyword):
                self.take_name(word)
        self.is_lost |= self.due == "write"

    @property
    def reads(self) -> frozenset[str]:
        return frozenset(self.found["read"])

    @property
    def writes(self) -> frozenset[str]:
        return frozenset(self.found["write"])

    # --- Words ------------------------------------------------------------------

    def take_keyword(self, keyword: str) -> bool:
        """False for a word that may be a name."""
        if self.previous.text == ".":
            return False
        holds_rows = keyword == "UPDATE" and self.previous.keyword in {"FOR", "KEY"}
        if keyword in VERBS and not holds_rows:
            self.verbs.add(keyword)
        if keyword == "INTO" or (keyword == "FROM" and self.previous.keyword == "DELETE"):
            self.due = "write"
        elif keyword == "UPDATE":
            self.due = "" if holds_rows else "write"
        elif keyword in BEFORE_MANY:
            self.due, self.in_list[-1] = "read", True
        elif keyword in BEFORE_ONE:
            self.due = "read"
        elif keyword in AFTER_ALL:
            self.due, self.in_list[-1] = "", False
        elif keyword == "SET":  # as in ON CONFLICT DO UPDATE SET
            self.due = ""
        elif self.due == "write" and keyword == "OR":  # as in UPDATE OR IGNORE
            self.place += 1
        else:
            return bool(self.due) and keyword in BETWEEN
        return True

    def take_name(self, word: Word) -> None:
        if word.kind == "text" and "from" in word.name:
            self.found["read"] |= understand(
                word.text.strip("$'")
            ).reads  # for a function that asks
        if not self.due:
            return
        while self.next_is("."):
            word = self.words[min(self.place + 1, len(self.words) - 1)]
            self.place += 2
        self.found[self.due].add(word.name)
        self.due = ""

    def take_mark(self, mark: str) -> None:
        if mark == "(":
            # FROM (a JOIN b), FROM (SELECT ...); what IN and VALUES have in brackets is no table.
            is_list = self.due == "read" and self.previous.keyword not in BEFORE_ONE
            self.is_lost |= self.due == "write"
            self.in_list.append(is_list)
            self.due = "read" if is_list else ""
        elif mark == ")":
            self.in_list = self.in_list[:-1] or [False]
            self.due = ""
        elif mark == ",":
            self.due = "read" if self.in_list[-1] else ""
        elif mark == "[" and self.due:
            self.take_bracketed()
        else:
            self.is_lost |= self.due == "write"
            self.due = ""

    def take_bracketed(self) -> None:
        """A name as [SQLite] allows it."""
        start = self.place
        while self.place < len(self.words) and not self.next_is("]"):
            self.place += 1
        name = " ".join(word.text for word in self.words[start : self.place])
        self.place += 1
        self.take_name(Word("quoted", name))

    # --- Around -----------------------------------------------------------------

    @property
    def previous(self) -> Word:
        """The word before the one that was taken."""
        return self.words[self.place - 2] if self.place > 1 else Word("mark", "")

    def next_is(self, mark: str) -> bool:
        return self.place < len(self.words) and self.words[self.place] == ("mark", mark)
