"""What a reader typed, with tags, authors and years looked up."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from django.contrib.auth import get_user_model
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from blogsite.fulltext import TextQuery, parse
from blogsite.fulltext.parsing import Term
from blogsite.fulltext.places import LATEST, UNDATED, first_place, last_place
from posts.models import Tag
from posts.search.texts import EVERY, author_mark, tag_mark

FILTERS = ("tag", "author", "year")
YEAR = re.compile(r"(?:19[7-9]|20[0-9])[0-9]")  # what places in the index can hold


@dataclass
class Asked:
    """A query, and the places in the index between which its answers lie."""

    query: TextQuery
    after: int
    before: int
    is_possible: bool = True  # false where it names a tag, an author or a year that is not there
    has_filters: bool = False

    @property
    def bounds(self) -> dict:
        return {"after": self.after, "before": self.before}


def understand(text: str) -> Asked:
    """Of what is public by its date alone: nothing without one, nothing to come."""
    return asked_between(UNDATED + 1, last_place(timezone.now()), text)


def understand_at_desk(text: str) -> Asked:
    """The same of all texts; whoever shows them asks who may see what."""
    return asked_between(0, LATEST, text)


def asked_between(after: int, before: int, text: str) -> Asked:
    query = parse(text, FILTERS)
    asked = Asked(query, after, before, has_filters=bool(query.filters))
    for name in query.filters.get("tag", []):
        look_up(asked, tags_called(name), tag_mark)
    for name in query.filters.get("author", []):
        look_up(asked, authors_called(name), author_mark)
    for year in query.filters.get("year", []):
        within(asked, year)
    if asked.has_filters and not query.terms and not query.facts:
        query.facts.append((EVERY,))
    query.marks = marks_named([term.text for term in query.terms])
    return asked


def open_last(query: TextQuery) -> None:
    """Somebody is still typing: the last word may go on."""
    last = query.terms[-1] if query.terms else None
    if last and not last.is_phrase:
        query.terms[-1] = Term(last.text, is_open=True)


def look_up(asked: Asked, keys: list[int], mark) -> None:
    asked.is_possible &= bool(keys)
    asked.query.facts.append(tuple(mark(key) for key in keys))


def tags_called(name: str) -> list[int]:
    found = Tag.objects.filter(Q(slug__iexact=name) | Q(name__iexact=name)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:5])


def authors_called(name: str) -> list[int]:
    users = get_user_model().objects
    found = users.filter(Q(handle__iexact=name) | Q(display_name__iexact=name)).order_by("pk")
    return list(found.values_list("pk", flat=True)[:5])


def marks_named(words: list[str]) -> dict[str, tuple[str, ...]]:
    """A text that carries the tag of a name answers as if that word stood in its lead."""
    names = {slug_of(word): word for word in words}
    found = Tag.objects.filter(slug__in=names).values_list("slug", "pk")
    return {names[slug]: (tag_mark(key),) for slug, key in found}


def slug_of(word: str) -> str:
    return slugify(word, allow_unicode=True)


def within(asked: Asked, year: str) -> None:
    if not YEAR.fullmatch(year):
        asked.is_possible = False
        return
    start = datetime(int(year), 1, 1, tzinfo=UTC)
    end = datetime(int(year), 12, 31, 23, 59, 59, tzinfo=UTC)
    asked.after = max(asked.after, first_place(start))
    asked.before = min(asked.before, last_place(end))
