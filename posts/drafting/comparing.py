"""A text that was not saved, beside the one that is stored."""

from collections.abc import Callable, Iterator

from posts.drafting.offers import first
from posts.line_ends import with_lf
from posts.models import WorkingCopy
from posts.models.publication import Publication
from posts.revisions.comparing import ChangedField, Comparison, blocks_of, changed

SHORT = ["title", "slug", "summary", "tag_names"]  # fields that are shown beside the text


def compare(copy: WorkingCopy, text: Publication | None, label: Callable) -> Comparison:
    """What saving `copy` would change in `text`, None for a new one; `label` names a field."""
    fields = [
        ChangedField(name, str(label(name)), changed(was, now))
        for name, was, now in short_fields(copy, text)
        if was != now
    ]
    body = with_lf(text.body) if text else ""
    return Comparison(fields, list(blocks_of(body, with_lf(first(copy, "body")))))


def short_fields(copy: WorkingCopy, text: Publication | None) -> Iterator[tuple[str, str, str]]:
    """Names, with what is stored and what was typed; what the copy does not hold is left out."""
    for name in SHORT:
        if name in copy.fields:
            yield name, stored(text, name), with_lf(first(copy, name))


def stored(text: Publication | None, name: str) -> str:
    if name == "tag_names" and hasattr(text, "tags"):
        return ", ".join(tag.name for tag in text.tag_list)
    return with_lf(getattr(text, name, ""))
