"""What is measured, in the order in which it is told."""

from blogsite.bench.measures import comments, edits, kept, memory, pages, starting
from blogsite.bench.run import Measure

# The name for ONLY, and the heading of its table.
MEASURES: dict[str, tuple[str, Measure]] = {
    "kept": ("A kept page, beside the fastest there can be", kept.measure),
    "pages": ("A page that is not kept, one request at a time", pages.measure),
    "comments": ("A comment, until it is in durable storage", comments.measure),
    "edits": ("An edit, until every process serves the new page", edits.measure),
    "memory": ("Many different pages, each asked for once", memory.measure),
    "start": ("From the command to the first page", starting.measure),
}
