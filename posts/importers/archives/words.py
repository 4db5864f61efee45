"""The record of a text as facts: what it is called, when it was public, who wrote it."""

import re

from django.utils import timezone
from django.utils.translation import gettext as _

from posts.importers.archives.bodies import plain
from posts.importers.archives.directory import Entry
from posts.importers.archives.records import Markup, Status, Text
from posts.importers.facts import Facts
from posts.importers.html import to_markdown

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}\Z")
TITLE_MAX_LENGTH = 250
GUID_MAX_LENGTH = 255
TAG_MAX_LENGTH = 100


def facts_of(text: Text, entry: Entry, source: str, names: dict[str, str]) -> Facts:
    """`names` are those of people by their keys."""
    facts = Facts(
        source=source,
        kind=text.kind,
        title=" ".join(text.title.split()),
        slug=entry.slug,
        new_path=entry.new_path,
        addresses=entry.addresses,
        language=text.language if LANGUAGE.match(text.language) else "",
        published_at=text.published_at or text.created_at,
        updated_at=text.updated_at if is_later(text) else None,
        guid=text.guid[:GUID_MAX_LENGTH],
        noindex=text.noindex,
        comments_open=text.comments_open,
        series=text.series,
        series_part=text.series_part,
        cover_alt=text.cover_alt,
        authors=[names.get(key, key)[:120] for key in text.authors],
        tags=list({tag.name.casefold(): tag.name[:TAG_MAX_LENGTH] for tag in text.groups}.values()),
    )
    if len(facts.title) > TITLE_MAX_LENGTH:
        facts.title = facts.title[: TITLE_MAX_LENGTH - 1] + "…"
        facts.problems.append(_("The title was longer than 250 characters and was cut."))
    facts.summary = summary_of(text)
    facts.take_original(text.canonical_url)
    facts.is_draft = is_draft(text, facts)
    return facts


def is_later(text: Text) -> bool:
    """Whether it was changed after it was published, as far as readers are to know."""
    if not (text.updated_at and text.published_at):
        return False
    return text.published_at < text.updated_at <= timezone.now()


def summary_of(text: Text) -> str:
    summary = text.summary
    if text.summary_markup in {Markup.HTML, Markup.WORDPRESS}:
        summary = to_markdown(summary).markdown
    elif text.summary_markup == Markup.PLAIN:
        summary = plain(summary)
    return " ".join(summary.split())


def is_draft(text: Text, facts: Facts) -> bool:
    """Whether readers must not see it; `facts` get the reason, where somebody may be surprised."""
    match text.status:
        case Status.PUBLISHED:
            if facts.published_at:
                return False
            facts.problems.append(_("It has no date: it came in as a draft."))
        case Status.SCHEDULED:
            if facts.published_at and facts.published_at > timezone.now():
                return False
            facts.problems.append(
                _("It was scheduled for a time that has passed: it came in as a draft.")
            )
        case Status.PRIVATE:
            facts.problems.append(_("Not everybody could read it: it came in as a draft."))
        case Status.PASSWORD:
            facts.problems.append(_("It had a password: it came in as a draft."))
    return True
