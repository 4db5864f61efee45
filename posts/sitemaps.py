"""What search engines should know of: the public addresses, and when each last changed.

Rows come as plain values: 50,000 addresses need no 50,000 objects.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import quote
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Coalesce, Greatest
from django.urls import reverse

from posts.authors import published_authors
from posts.models import Page, Post, Series, Tag
from posts.moments import iso
from posts.tallies.lists import Listing

MAX_ADDRESSES = 50_000  # in one file, says sitemaps.org; more make an index of files
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
HEAD = '<?xml version="1.0" encoding="utf-8"?>\n'

Row = tuple[str, datetime]  # a slug and the time of the last change

LAST_CHANGE = Greatest("published_at", Coalesce("updated_at", "published_at"))


def posts():
    """Published posts, but for those hidden from search engines or at home elsewhere."""
    at_home = Q(canonical_url="") | Q(canonical_url__startswith=f"{settings.SITE_URL}/")
    return found_by_search(Post.objects.published().filter(at_home))


def pages():
    return found_by_search(Page.objects.published())


def found_by_search(texts):
    return texts.filter(noindex=False).order_by("pk").values_list("slug", LAST_CHANGE)


def tags():
    return Tag.objects.with_posts().order_by("pk").values_list("slug", "newest_at")


def series():
    return Series.objects.with_posts().order_by("pk").values_list("slug", "newest_at")


def authors():
    return published_authors().order_by("pk").values_list("handle", "newest_at")


# Which rows, and the name of the address that they live at.
SECTIONS = {
    "posts": (posts, "posts:detail"),
    "pages": (pages, "posts:page"),
    "tags": (tags, "posts:tag"),
    "series": (series, "posts:series"),
    "authors": (authors, "posts:author"),
}
# Pages about all posts; empty ones are not worth a visit.
OVERVIEWS = ["posts:list", "posts:tags", "posts:series_list", "posts:archive"]


def whole_or_index() -> str:
    """One sitemap of everything, or an index of files where that would be too long."""
    counts = count_rows()
    if sum(counts.values()) + len(OVERVIEWS) > MAX_ADDRESSES:
        return index(counts)
    sections = (entries(name, rows()) for name, (rows, _address) in SECTIONS.items())
    return document([*overview_entries(counts), *(each for part in sections for each in part)])


def part(name: str, number: int) -> str | None:
    """File `number` (from 1) of a section; None where there is no such file."""
    if name == "overviews":
        return document(overview_entries(count_rows())) if number == 1 else None
    if name not in SECTIONS:
        return None
    rows, _address = SECTIONS[name]
    if name == "posts":
        keys = keys_of_file(number)
        found = rows().filter(pk__gte=keys.start, pk__lt=keys.stop)
        return document(entries(name, found)) if keys else None
    start = (number - 1) * MAX_ADDRESSES
    # Compared here: a number of a visitor's may be larger than a database can count.
    if not 0 <= start < rows().count():
        return None
    return document(entries(name, rows()[start : start + MAX_ADDRESSES]))


def keys_of_file(number: int) -> range:
    """The keys of the posts of a file; empty where there is no such file.

    Each file is about so many keys and not about so many posts, or the last would be found by
    skipping all that the others hold. It also stays the same when another post goes.
    """
    first, last = first_and_last_key()
    start = first + (number - 1) * MAX_ADDRESSES
    return range(start, start + MAX_ADDRESSES) if first <= start <= last else range(0)


def first_and_last_key() -> tuple[int, int]:
    """Of all posts, hidden ones too; 1 and 0 where there are none."""
    keys = Post.everything.order_by("pk").values_list("pk", flat=True)
    return keys.first() or 1, keys.last() or 0


def count_rows() -> dict[str, int]:
    """How many addresses there are of each section, or a few more."""
    others = {
        name: rows().count() for name, (rows, _address) in SECTIONS.items() if name != "posts"
    }
    return {"posts": Listing().count()} | others


def index(counts: dict[str, int]) -> str:
    files = [("overviews", 1)]
    for name, count in counts.items():
        first, last = first_and_last_key() if name == "posts" else (1, count)
        files += [(name, place + 1) for place in range(-(-(last + 1 - first) // MAX_ADDRESSES))]
    lines = (
        f"<sitemap><loc>{full(reverse('posts:sitemap_part', args=file))}</loc></sitemap>\n"
        for file in files
    )
    return f'{HEAD}<sitemapindex xmlns="{NAMESPACE}">\n{"".join(lines)}</sitemapindex>\n'


def document(found: Iterable[str]) -> str:
    return f'{HEAD}<urlset xmlns="{NAMESPACE}">\n{"".join(found)}</urlset>\n'


def entries(name: str, rows: Iterable[Row]) -> Iterator[str]:
    # One look-up of the address for all rows: it costs more than the rest of a row.
    before, after = reverse(SECTIONS[name][1], args=["SLUG"]).split("SLUG")
    for slug, changed_at in rows:
        yield entry(f"{before}{quote(slug)}{after}", changed_at)


def overview_entries(counts: dict[str, int]) -> list[str]:
    dates = Post.objects.published().newest_first().values_list("published_at", flat=True)
    newest = dates.first()
    there = {
        "posts:list": True,
        "posts:tags": counts["tags"],
        "posts:series_list": counts["series"],
        "posts:archive": newest,
    }
    return [entry(reverse(name), newest) for name in OVERVIEWS if there[name]]


def entry(path: str, changed_at: datetime | None) -> str:
    lastmod = f"<lastmod>{iso(changed_at)}</lastmod>" if changed_at else ""
    return f"<url><loc>{full(path)}</loc>{lastmod}</url>\n"


def full(path: str) -> str:
    return escape(settings.SITE_URL + path)
