"""Every query of this process passes here: what it reads is noted, what it writes is announced."""

from django.conf import settings
from django.db import connections
from django.db.backends.signals import connection_created

from blogsite.pagecache.counters import EVERYTHING, Change, counters
from blogsite.pagecache.noting import note_reading, topics_to_write
from blogsite.pagecache.shared import outbox
from blogsite.pagecache.statements import Statement, understand


def watch(sender=None, connection=None, **kwargs) -> None:
    """Receiver of `connection_created`."""
    if not any(isinstance(wrapper, Watch) for wrapper in connection.execute_wrappers):
        # The first of them: whoever else puts one there takes the last away again, and may have begun
        # before there was a connection.
        connection.execute_wrappers.insert(0, Watch(connection))


def start() -> None:
    connection_created.connect(watch, dispatch_uid="blogsite.pagecache")
    for connection in connections.all(initialized_only=True):
        watch(connection=connection)


class Watch:
    """Around each statement of one connection.

    A change ends with its transaction: when that is committed or rolled back, or the connection is
    closed. Django tells only of the first, so the three methods are wrapped.
    """

    # For tests, whose transaction is never committed: each statement ends its change.
    at_once = False

    def __init__(self, connection):
        self.connection = connection
        self.change: Change | None = None
        for name in ["_commit", "_rollback", "_close"]:
            self._end_with(name)

    def __call__(self, execute, sql, params, many, context):
        statement = understand(str(sql))
        note_reading(statement.reads)
        topics = moved_by(statement)
        if not topics:
            return execute(sql, params, many, context)
        if self.change is None:
            self.change = counters().change()
        if untold := self.change.extend(topics):
            outbox.note(self.connection, untold)
        try:
            return execute(sql, params, many, context)
        finally:
            is_in_transaction = self.connection.in_atomic_block or not self.connection.autocommit
            if self.at_once or not is_in_transaction:
                self.end()

    def end(self) -> None:
        change, self.change = self.change, None
        if change is not None:
            change.end()

    def _end_with(self, name: str) -> None:
        method = getattr(self.connection, name)

        def with_end(*arguments, **options):
            if name == "_commit" and self.change is not None:
                self.change.confirm()
            try:
                return method(*arguments, **options)
            finally:
                self.end()

        setattr(self.connection, name, with_end)


def moved_by(statement: Statement) -> set[str]:
    """The topics that a statement moves."""
    if not statement.is_known:
        return {EVERYTHING}
    topics = set()
    for table in statement.writes:
        unseen = settings.PAGECACHE_UNSEEN.get(table, ())
        if unseen == "*" or (statement.columns and statement.columns <= set(unseen)):
            continue
        topics.update(topics_to_write(table))
    return topics
