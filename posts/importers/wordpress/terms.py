"""The categories, tags and series of an item, and what else plugins file under "category"."""

import html
from urllib.parse import unquote

from posts.importers.archives.records import Group
from posts.importers.wordpress.elements import Element
from posts.importers.wordpress.languages import Choice

# "tag" is what WXR 1.0 calls them.
GROUPING = {"category", "post_tag", "tag"}
SERIES = {"series", "organize-series", "post_series", "post-series"}
SERIES_PART = "_series_part"  # newer versions of the plugin append the series' number
SLUG_LENGTH = 200  # the columns of WordPress


def slug_of(nicename: str) -> str:
    """WordPress percent-encodes what is not ASCII; bytes that are no text are left as they are."""
    try:
        return unquote(nicename.strip(), errors="strict")[:SLUG_LENGTH]
    except UnicodeDecodeError:
        return nicename.strip()[:SLUG_LENGTH]


def domain_of(category: Element) -> str:
    return category.attributes.get("domain", "").strip().lower()


def name_of(text: str) -> str:
    """Names are stored as HTML: `R&amp;D`."""
    return " ".join(html.unescape(text).split())


class Terms:
    """What the head of the export says of terms, by kind and slug."""

    def __init__(self):
        self.descriptions: dict[tuple[str, str], str] = {}

    def learn(self, term: Element) -> None:
        """Take the description of a category, tag or term; other elements have none."""
        kind, slug, description = {
            "wp:category": ("category", "wp:category_nicename", "wp:category_description"),
            "wp:tag": ("post_tag", "wp:tag_slug", "wp:tag_description"),
        }.get(term.name, ("", "wp:term_slug", "wp:term_description"))
        kind = kind or term.value("wp:term_taxonomy")
        if text := term.value(description):
            self.descriptions[kind, slug_of(term.value(slug))] = text

    def groups_of(self, item: Element, choice: Choice) -> list[Group]:
        """Its categories and tags, each once."""
        categories = item.all("category")
        groups: dict[tuple[str, str], Group] = {}
        for category in categories:
            name = name_of(choice.of(category.text))
            slug = slug_of(category.attributes.get("nicename", ""))
            kind = "post_tag" if domain_of(category) == "tag" else domain_of(category)
            if kind in GROUPING and (name or slug):
                description = self.descriptions.get((kind, slug), "")
                key = slug, "" if slug else name.casefold()
                groups.setdefault(key, Group(name or slug, slug, description))
        # WXR 1.0 has each twice, once without a slug, and categories once without a domain; a file
        # made by hand may have only these.
        named = {group.name.casefold() for group in groups.values() if group.slug}
        groups = {k: g for k, g in groups.items() if g.slug or g.name.casefold() not in named}
        if not any("domain" in category.attributes for category in categories):
            for name in filter(None, (name_of(choice.of(each.text)) for each in categories)):
                groups.setdefault(("", name.casefold()), Group(name))
        return list(groups.values())


def series_of(item: Element, choice: Choice) -> list[str]:
    names = [name_of(choice.of(c.text)) for c in item.all("category") if domain_of(c) in SERIES]
    return list(dict.fromkeys(filter(None, names)))


def series_part(meta: dict[str, list[str]]) -> int | None:
    """Which part of its series the item is, from 1; None where nobody said."""
    for key, values in meta.items():
        if key == SERIES_PART or key.startswith(f"{SERIES_PART}_"):
            number = values[0].strip()
            if number.isdecimal() and 0 < int(number[:9]) < 10_000:
                return int(number[:9])
    return None
