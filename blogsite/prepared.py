"""Queries that Django writes once and asks again with other values.

Most of the time of a short query goes into writing its SQL. That is the same each time, so it is
kept, and so is what makes instances of the rows; both are Django's own. Each statement still passes
the wrappers around a cursor, so the page cache sees it.
"""

from collections.abc import Callable, Hashable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connections
from django.db.models import QuerySet

MOST_SHAPES = 500  # of one connection; then all of them are forgotten
MOST_KEPT = 100  # values in a list; a query with more is rare, and written anew each time
FIRST_NUMBER = 2_085_770_000  # within 32 bits, and no key of a test
LAST_MOMENT = datetime(7919, 10, 31, 23, 59, 58, 123457, tzinfo=UTC)

Value = int | str | datetime | list[int]


class NotPreparedError(Exception):
    """The SQL of a query does not say where its values go."""


class Prepared:
    """A query as a function of its values; `build` makes the queryset.

    `build` gets what the SQL itself depends on by position, and values by name: numbers, texts,
    moments, and lists of numbers, which must not be empty. It may do nothing with a value but pass
    it to the database: what it sees the first time are marks, not values. Of two moments the one
    named first has the later mark.

    Raises NotPreparedError at the first call if a value is nowhere among the parameters.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        self.build = build

    def __call__(self, *fixed: Hashable, **values: Value) -> list:
        """The rows, with what the queryset prefetches."""
        if any(isinstance(value, list) and len(value) > MOST_KEPT for value in values.values()):
            return list(self.build(*fixed, **values))
        shape = (self, fixed, *((name, shape_of(value)) for name, value in values.items()))
        # With the connection, which belongs to one thread, and goes when that does.
        known = connections["default"].__dict__.setdefault("prepared", {})
        kept = known.get(shape)
        if kept is None:
            if len(known) >= MOST_SHAPES:
                known.clear()
            kept = known[shape] = Kept(self.build, fixed, values)
        return kept.ask(values)


class Kept:
    """One shape of a prepared query, compiled for one connection."""

    def __init__(self, build: Callable[..., QuerySet], fixed: tuple, values: dict[str, Value]):
        marks = marks_for(values)
        self.queryset = build(*fixed, **marks)
        self.connection = connections[self.queryset.db]
        self.compiler = self.queryset.query.get_compiler(connection=self.connection)
        self.sql, params = self.compiler.as_sql()
        self.params = list(params)
        self.places = self.find_places(marks)
        if self.connection.vendor == "sqlite":
            self.write_constants()
        fields = [column for column, _sql, _alias in self.compiler.select]
        converters = self.compiler.get_converters(fields)
        self.compiler.get_converters = lambda _fields: converters
        self.compiler.execute_sql = self.execute
        self.queryset.query.get_compiler = lambda *args, **kwargs: self.compiler

    def find_places(self, marks: dict[str, Value]) -> list[tuple[int, str, int, Callable]]:
        """Where values go: position, name, index in a list, and what the database is given."""
        places = []
        for name, mark in marks.items():
            for index, each in enumerate(mark if isinstance(mark, list) else [mark]):
                found = [
                    (position, name, index, self.adapter(each, param))
                    for position, param in enumerate(self.params)
                    if param == self.adapt(each)
                ]
                if not found:
                    raise NotPreparedError(f"{name} is no parameter of: {self.sql}")
                places.extend(found)
        return places

    def write_constants(self) -> None:
        """Write what is the same each time into the SQL.

        SQLite looks at a parameter where a partial index has a constant, and then plans the
        statement anew whenever that parameter is set: at each call, for ten times what it takes.
        """
        filled = {position for position, *_rest in self.places}
        written = [
            literal(param) if position not in filled else None
            for position, param in enumerate(self.params)
        ]
        written_out = ("%s" if each is None else each.replace("%", "%%") for each in written)
        self.sql = self.sql.replace("%%", "%%%%") % tuple(written_out)
        kept = [position for position, each in enumerate(written) if each is None]
        moved = {position: index for index, position in enumerate(kept)}
        self.params = [self.params[position] for position in kept]
        self.places = [
            (moved[position], name, index, adapt) for position, name, index, adapt in self.places
        ]

    def adapt(self, value: Any) -> Any:
        is_moment = isinstance(value, datetime)
        return self.connection.ops.adapt_datetimefield_value(value) if is_moment else value

    def adapter(self, mark: Any, param: Any) -> Callable:
        """What makes a parameter of a value, as Django made `param` of `mark`."""
        # PostgreSQL's driver has a class for each width of numbers.
        return type(param) if isinstance(mark, int) else self.adapt

    def ask(self, values: dict[str, Value]) -> list:
        # Adapted once, however often it is a parameter: "now" is in most queries several times.
        known = {
            name: self.adapt(value) for name, value in values.items() if isinstance(value, datetime)
        }
        for position, name, index, adapt in self.places:
            if name in known:
                self.params[position] = known[name]
            else:
                value = values[name]
                self.params[position] = adapt(value[index] if isinstance(value, list) else value)
        try:
            return list(self.queryset)
        finally:
            self.queryset._result_cache, self.queryset._prefetch_done = None, False

    def execute(self, *args, **kwargs) -> list[list]:
        """In place of SQLCompiler.execute_sql: all rows, in one chunk."""
        with self.connection.cursor() as cursor:
            cursor.execute(self.sql, tuple(self.params))
            rows = cursor.fetchall()
        count = self.compiler.col_count
        return [[row[:count] for row in rows] if self.compiler.has_extra_select else rows]


def literal(param: Any) -> str | None:
    """A constant as SQLite's SQL has it; None for a kind that stays a parameter."""
    if isinstance(param, int):
        return str(int(param))
    if isinstance(param, str) and "\0" not in param:
        return "'" + param.replace("'", "''") + "'"
    return None


def shape_of(value: Value) -> Hashable:
    """What of a value the SQL depends on; raises NotPreparedError for what has no mark."""
    if type(value) is list and value:
        return len(value)
    if isinstance(value, datetime):
        return datetime
    if type(value) is int or isinstance(value, str):
        return str if isinstance(value, str) else int
    raise NotPreparedError(f"No value of a prepared query: {value!r}")


def marks_for(values: dict[str, Value]) -> dict[str, Value]:
    """For each value one of its kind that is nowhere else."""
    marks, number = {}, FIRST_NUMBER
    for name, value in values.items():
        size = len(value) if isinstance(value, list) else 1
        numbers = list(range(number, number + size))
        number += size
        if isinstance(value, list):
            marks[name] = numbers
        elif isinstance(value, int):
            marks[name] = numbers[0]
        elif isinstance(value, str):
            marks[name] = f"mark-{numbers[0]}"
        else:
            marks[name] = LAST_MOMENT - timedelta(days=numbers[0] - FIRST_NUMBER)
    return marks
