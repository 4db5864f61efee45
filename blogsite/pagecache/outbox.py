"""Changes that Redis could not be told of, noted in the database together with what they change.

Whoever makes such a change goes on trying to tell. The notes are there for when that process ends
first: a worker that reaches Redis tells in its place.
"""

import json
from collections.abc import Collection

from blogsite.pagecache.counters import counters
from blogsite.pagecache.models import UntoldChange

MOST_AT_ONCE = 1000


def note(connection, topics: Collection[str]) -> None:
    """Note, in the transaction of `connection`, that these topics are about to move."""
    table = UntoldChange._meta.db_table
    # It is not there yet while migrations make it.
    if table in connection.introspection.table_names():
        UntoldChange.objects.using(connection.alias).create(topics=json.dumps(sorted(topics)))


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
