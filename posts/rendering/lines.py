"""Where in the Markdown each part of the page comes from, for an editor that shows both."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SourceLines:
    """Line numbers, from 1.

    `blocks` has a pair for each block of the text itself, in order: where it begins, and whether
    it is a heading. `headings` has the line of each entry of the table of contents.
    """

    blocks: list[tuple[int, bool]] = field(default_factory=list)
    headings: list[int] = field(default_factory=list)


def source_lines(tokens: list, contents: list[dict]) -> SourceLines:
    """Of the `tokens` of a text, whose headings have their ids, and its table of contents."""
    opening = [t for t in tokens if t.map and t.level == 0 and t.nesting >= 0 and not t.hidden]
    lines = {t.attrs["id"]: t.map[0] + 1 for t in tokens if t.type == "heading_open" and t.map}
    return SourceLines(
        blocks=[(t.map[0] + 1, t.type == "heading_open") for t in opening],
        headings=[lines.get(entry["id"], 1) for entry in contents],
    )
