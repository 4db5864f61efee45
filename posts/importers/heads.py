"""What the front matter of a file says of its text."""

import re

from django.utils.translation import gettext as _

from posts.importers import liquid
from posts.importers.document import Document
from posts.importers.facts import Facts
from posts.importers.fields import Fields
from posts.importers.plan import Entry

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
SUMMARY_KEYS = ["summary", "excerpt", "description"]
LAST_POSITION = 32_000
TOP = {"content", "pages"}  # folders that count as the top of the site


def facts_of(document: Document, entry: Entry, source: str) -> Facts:
    facts = Facts(
        source=source,
        kind=entry.kind,
        title=document.title,
        slug=entry.slug,
        new_path=entry.new_path,
        addresses=entry.addresses,
        language=document.language if LANGUAGE.match(document.language) else "",
        published_at=document.published_at,
        date_is_guessed=document.date_is_guessed,
        is_draft=document.is_draft,
        updated_at=document.updated_at,
        guid=document.fields.text("guid")[:255],
        noindex=is_hidden_from_robots(document.fields),
        tags=document.tags,
        authors=document.authors,
    )
    if entry.kind == "post":
        fill_post(facts, document.fields)
    else:
        fill_page(facts, document)
    return facts


def is_hidden_from_robots(fields: Fields) -> bool:
    return bool(fields.flag("noindex")) or "noindex" in fields.text("robots").lower()


def fill_post(facts: Facts, fields: Fields) -> None:
    facts.summary = liquid.plain_addresses(" ".join(fields.text(*SUMMARY_KEYS).split()))
    facts.comments_open = fields.flag("comments", "comments_open") is not False
    facts.evergreen = bool(fields.flag("evergreen"))
    facts.take_original(fields.text("canonical_url", "canonical"))
    series = fields.names("series", separator=r"\Z(?!)")
    if len(series) > 1:
        facts.problems.append(_("It is in several series; only the first was taken."))
    if series:
        facts.series = series[0]
        facts.series_part = fields.number(
            "series_order", "series_part", "part", "series_weight", "series_index"
        )


def fill_page(facts: Facts, document: Document) -> None:
    fields = document.fields
    shown = fields.flag("in_navigation", "nav", "show_in_nav")
    in_menu = any(name in fields for name in ("menu", "menus"))
    # About belongs into the navigation, about/history hardly.
    is_near_the_top = all(name in TOP for name in document.folders)
    facts.in_navigation = shown if shown is not None else in_menu or is_near_the_top
    position = fields.number("weight", "position", "nav_order", "order") or 0
    facts.position = min(position, LAST_POSITION)
