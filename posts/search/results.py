"""What a reader finds, and nothing that is not public."""

from collections import Counter
from dataclasses import dataclass, field

from blogsite.fulltext import marker, snippet
from blogsite.fulltext.places import key_at, moment_at
from posts.models import Page, Post
from posts.search.rows import most_used_tags, pages_by_key, posts_by_key, public_keys
from posts.search.texts import PAGES, POSTS
from posts.search.understanding import Asked, understand

MOST = 300  # results that are ranked, counted and may be paged through; nobody reads more
MOST_PAGES = 3
MOST_TAGS, MOST_YEARS = 8, 8


@dataclass
class Facet:
    """One way to narrow a search down; `query` is what to ask for then."""

    label: str
    count: int
    query: str


@dataclass
class Results:
    """`keys` are those of posts, best first. With `has_more`, there are more than that."""

    text: str
    asked: Asked
    keys: list[int] = field(default_factory=list)
    has_more: bool = False
    pages: list[Page] = field(default_factory=list)
    years: list[Facet] = field(default_factory=list)
    tags: list[Facet] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.keys)

    def posts(self, keys: list[int]) -> list[Post]:
        """The rows with these keys, in this order, with the place that was found in each."""
        found = posts_by_key(keys)
        posts = [found[key] for key in keys if key in found]
        return with_snippets(posts, self.asked, POSTS.languages())


def find(text: str) -> Results:
    """All that answers `text`, up to MOST posts; a broken query is never an error."""
    asked = understand(text)
    results = Results(text, asked)
    if not asked.query or not asked.is_possible:
        return results
    hits = POSTS.search(asked.query, MOST, **asked.bounds)
    public = public_keys(hits.keys)
    places = [place for place in hits.places if key_at(place) in public]
    results.keys = [key_at(place) for place in places]
    results.has_more = hits.has_more
    results.pages = find_pages(asked)
    narrow_down(results, places)
    return results


def find_pages(asked: Asked) -> list[Page]:
    """Pages have no tags, and their dates mean little: only words find them."""
    if asked.has_filters or not asked.query.terms:
        return []
    keys = PAGES.search(asked.query, MOST_PAGES * 3, **asked.bounds).keys
    found = pages_by_key(keys)
    pages = [found[key] for key in keys if key in found][:MOST_PAGES]
    return with_snippets(pages, asked, PAGES.languages())


def with_snippets(texts: list, asked: Asked, languages: list[str]) -> list:
    """`texts`, each read with its `words`."""
    pattern = marker(asked.query, languages)
    for one in texts:
        one.snippet = snippet(one.words, pattern)
        one.marked_title = snippet(str(one), pattern, length=300)
    return texts


def narrow_down(results: Results, places: list[int]) -> None:
    """Tags and years of what was found, and how many each would leave."""
    filters = results.asked.query.filters
    years = Counter(moment_at(place).year for place in places)
    if "year" not in filters and len(years) > 1:
        results.years = [
            Facet(str(year), years[year], f"{results.text} year:{year}")
            for year in sorted(years, reverse=True)[:MOST_YEARS]
        ]
    taken = {name.lower() for name in filters.get("tag", [])}
    results.tags = [
        Facet(tag.name, count, f"{results.text} tag:{tag.slug}")
        for tag, count in most_used_tags(results.keys, MOST_TAGS)
        if len(places) > 1 and not taken & {tag.slug.lower(), tag.name.lower()}
    ]
