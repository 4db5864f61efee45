"""Changes that Redis could not be told of, noted in the database together with what they change.

Whoever makes such a change goes on trying to tell. The notes are there for when that process ends
first: a worker that reaches Redis tells in its place.
"""

import json
from collections.abc import Collection

from blogsite.pagecache.counters import counters
from blogsite.pagecache.models import UntoldChange

MOST_AT_ONCE = 1000
_known: set[str] = set()  # databases that have the table


def note(connection, topics: Collection[str]) -> None:
    """Note, in the transaction of `connection`, that these topics are about to move."""
    # Saving opens no transaction of its own, whose end would count as that of the change.
    if has_table(connection):
        UntoldChange.objects.using(connection.alias).create(topics=json.dumps(sorted(topics)))


def has_table(connection) -> bool:
    """It is not there yet while migrations make it."""
    if connection.alias not in _known:
        if UntoldChange._meta.db_table not in connection.introspection.table_names():
            return False
        _known.add(connection.alias)
    return True


def tell() -> int:
    """Move the topics of all notes, and remove those that could be told; their number."""
    told = []
    for each in UntoldChange.objects.order_by("pk")[:MOST_AT_ONCE]:
        change = counters().change()
        untold = change.extend(json.loads(each.topics))
        change.end()
        if untold:
            break
        told.append(each.pk)
    UntoldChange.objects.filter(pk__in=told).delete()
    return len(told)
