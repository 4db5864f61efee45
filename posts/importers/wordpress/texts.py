"""A post or page of an export as a record, or the reason why an item is none."""

import html
import re
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from posts.importers.archives.records import Markup, Skipped, Status, Text
from posts.importers.wordpress.elements import Element
from posts.importers.wordpress.facts import Facts, authors_of, meta_of
from posts.importers.wordpress.languages import Choice
from posts.importers.wordpress.moments import moment
from posts.importers.wordpress.places import addresses_of
from posts.importers.wordpress.remarks import remarks_of
from posts.importers.wordpress.terms import domain_of, series_of, series_part, slug_of
from posts.importers.wordpress.values import without_comments

# An item without a type or status is of a file made by hand, or of a plain feed.
KINDS = {"": "post", "post": "post", "page": "page"}
STATUSES = {
    "publish": Status.PUBLISHED,
    "future": Status.SCHEDULED,
    "draft": Status.DRAFT,
    "auto-draft": Status.DRAFT,
    "pending": Status.PENDING,
    "private": Status.PRIVATE,
    "trash": Status.TRASHED,
}
UNDATED = {Status.DRAFT, Status.PENDING}  # their date is when they were begun
MARKUP = re.compile(r"</?[A-Za-z][^<>]*>")


def reason_to_skip(kind: str) -> str:
    match kind:
        case "attachment":
            return _("A file: it comes in with the texts that show it.")
        case "nav_menu_item" | "wp_navigation":
            return _("An item of a menu: menus are made anew here.")
        case "revision":
            return _("An earlier version of a text: only the last one comes in.")
    return _("“%(kind)s” is neither a post nor a page.") % {"kind": kind[:50]}


def text_of(item: Element, key: str, facts: Facts, site: str, language: str) -> Text | Skipped:
    """The record of `item`; `site` is the address of the archive's, `language` that of its head."""
    kind = KINDS.get(item.value("wp:post_type"))
    if kind is None:
        return Skipped(key, reason_to_skip(item.value("wp:post_type")))
    choice, meta, problems = Choice(language), meta_of(item), []
    status = status_of(item, problems)
    title = plain(choice.of(item.raw("title")))
    body = choice.of(item.raw("content:encoded"))
    summary = choice.of(item.raw("excerpt:encoded")).strip()
    dated = date_of(item, "wp:post_date", item.value("pubDate"), facts)
    remarks, about_remarks = remarks_of(item, facts, dated)
    if dated is None:
        problems.append(_("It has no date."))
    cover, cover_alt = cover_of(meta, facts, problems)
    text = Text(
        key=key,
        kind=kind,
        title=title,
        body=body,
        markup=Markup.WORDPRESS,
        status=status,
        published_at=None if status in UNDATED else dated,
        updated_at=date_of(item, "wp:post_modified", "", facts),
        created_at=dated,
        slug=slug_of(item.value("wp:post_name")),
        summary=summary,
        summary_markup=Markup.HTML if MARKUP.search(summary) else Markup.PLAIN,
        authors=[facts.login_of(login) for login in authors_of(item)],
        groups=facts.terms.groups_of(item, choice),
        series=series(item, choice, problems),
        series_part=series_part(meta),
        addresses=addresses_of(item, kind, meta, facts, site),
        guid=item.value("guid"),
        canonical_url=canonical_url(meta, site),
        language=language_of(item, choice, language),
        cover=cover,
        cover_alt=choice.of(cover_alt),
        noindex=is_noindex(meta),
        comments_open=item.value("wp:comment_status") in {"", "open"},
        remarks=remarks,
        problems=problems + about_remarks,
    )
    say_what_was_mended(text, item, choice)
    return text


def plain(title: str) -> str:
    """A title as it reads: WordPress stores them as HTML."""
    return " ".join(html.unescape(MARKUP.sub("", without_comments(title))).split())


def status_of(item: Element, problems: list[str]) -> Status:
    """Nothing is public that the export does not call published; see KINDS for those without."""
    word = item.value("wp:status") if item.has("wp:status") else "publish"
    status = STATUSES.get(word)
    if status is None:
        problems.append(_("Its status “%(word)s” is not known: a draft.") % {"word": word[:50]})
        return Status.DRAFT
    is_readable = status in {Status.PUBLISHED, Status.SCHEDULED}
    # Not stripped: one space is a password too.
    return Status.PASSWORD if is_readable and item.raw("wp:post_password") else status


def date_of(item: Element, name: str, mail_date: str, facts: Facts):
    return moment(item.value(f"{name}_gmt"), item.value(name), mail_date, facts.offsets)


def cover_of(meta: dict[str, list[str]], facts: Facts, problems: list[str]) -> tuple[str, str]:
    number = next(iter(meta.get("_thumbnail_id", [])), "")
    if number in {"", "0", "-1"}:
        return "", ""
    if attachment := facts.attachments.get(number):
        return attachment.address, attachment.alt
    problems.append(_("The picture on top of it is not in the export."))
    return "", ""


def series(item: Element, choice: Choice, problems: list[str]) -> str:
    names = series_of(item, choice)
    if len(names) > 1:
        problems.append(
            _("It is in several series: only “%(name)s” is kept.") % {"name": names[0][:100]}
        )
    return names[0] if names else ""


def canonical_url(meta: dict[str, list[str]], site: str) -> str:
    """Where Yoast or Rank Math say that it is at home, if that is elsewhere."""
    for key in ("_yoast_wpseo_canonical", "rank_math_canonical_url"):
        for address in meta.get(key, []):
            try:
                host = urlsplit(address).hostname
                if host and host != urlsplit(site).hostname:
                    return address
            except ValueError:
                continue
    return ""


def is_noindex(meta: dict[str, list[str]]) -> bool:
    if "1" in meta.get("_yoast_wpseo_meta-robots-noindex", []):
        return True
    return any("noindex" in value for value in meta.get("rank_math_robots", []))


def language_of(item: Element, choice: Choice, language: str) -> str:
    """Polylang files a text's language as a term; qTranslate has the one that was taken."""
    for category in item.all("category"):
        if domain_of(category) == "language":
            return slug_of(category.attributes.get("nicename", ""))
    return choice.language if choice.known else language


def say_what_was_mended(text: Text, item: Element, choice: Choice) -> None:
    if choice.left_out:
        text.problems.append(
            _("It is in several languages: “%(taken)s” comes in, but not %(others)s.")
            % {"taken": choice.language, "others": ", ".join(choice.left_out[:10])}
        )
    if item.unclosed:
        text.problems.append(_("Parts of it have no end in the file: look whether all is there."))
    if item.value("wp:is_sticky") == "1":
        text.problems.append(_("It stood at the top of the first page there."))
