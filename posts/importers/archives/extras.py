"""What apps above take of each text that comes in: the comments app its comments."""

from collections import Counter
from collections.abc import Callable

from posts.importers.archives.records import Text
from posts.models import Post

# Each is called with a stored post, its record and the prefix of the archive's sources, within a
# transaction of its own; it is safe to be called again, and returns what it did, in numbers.
TAKERS: list[Callable[[Post, Text, str], Counter]] = []
# And with the record alone, for a dry run.
COUNTERS: list[Callable[[Text], Counter]] = []
