"""A row of the table of posts, as a text."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from posts.importers.archives.records import Group, Skipped, Status, Text
from posts.importers.archives.values import claim_of, line_of, moment_of, text_of
from posts.importers.ghost.addresses import guid_of, home_of, places_of
from posts.importers.ghost.body import body_of
from posts.importers.ghost.conversion import Conversion, relative
from posts.importers.ghost.index import Index
from posts.importers.ghost.remarks import remarks

STATUSES = {
    "published": Status.PUBLISHED,
    "scheduled": Status.SCHEDULED,
    "draft": Status.DRAFT,
    "sent": Status.PRIVATE,  # by mail only
}
KINDS = {"post", "page", ""}


def text(row: dict, index: Index) -> Text | Skipped:
    key = text_of(row.get("id")) or text_of(row.get("uuid")) or line_of(row.get("slug"))
    kind = line_of(row.get("type"))
    if not key:
        return Skipped("", _("It has no number or name by which to know it again."))
    if kind not in KINDS:
        return Skipped(key, _("It is neither a post nor a page, but “%s”.") % kind[:60])
    kind = "page" if kind == "page" or claim_of(row.get("page")) else "post"
    return filled(row, key, kind, index)


def filled(row: dict, key: str, kind: str, index: Index) -> Text:
    conversion = Conversion()
    meta = index.first("posts_meta", key)
    body, markup = body_of(row, conversion)
    published_at = moment_of(row.get("published_at"))
    created_at = moment_of(row.get("created_at"))
    authors = list(authors_of(row, key, index))
    found = Text(
        key=key,
        kind=kind,
        title=line_of(row.get("title")),
        body=body,
        markup=markup,
        status=status_of(row, meta, conversion),
        published_at=published_at,
        updated_at=moment_of(row.get("updated_at")),
        created_at=created_at,
        slug=line_of(row.get("slug")),
        summary=summary_of(row, meta),
        authors=authors,
        groups=list(groups_of(key, index, conversion)),
        guid=guid_of(row),
        canonical_url=home_of(row),
        cover=relative(line_of(row.get("feature_image")) or line_of(row.get("image"))),
        cover_alt=line_of(meta.get("feature_image_alt")),
        remarks=list(remarks(index, key, published_at or created_at)),
        problems=conversion.problems,
    )
    found.addresses = list(places_of(row, found, index))
    tell_left_out(row, meta, conversion)
    return found


def status_of(row: dict, meta: dict, conversion: Conversion) -> Status:
    """What only some could read stays unread: whoever moves it in decides anew."""
    written = line_of(row.get("status"))
    status = STATUSES.get(written, Status.DRAFT)
    if written not in STATUSES:
        conversion.tell(_("Its status, “%s”, is not known here; it is a draft.") % written[:60])
    if row.get("visibility") not in (None, "", "public"):  # even if it is no word at all
        conversion.tell(_("Only members could read it; it is a draft here."))
    elif written == "sent" or claim_of(meta.get("email_only")):
        conversion.tell(_("It went out by mail only; it is a draft here."))
    else:
        return status
    return Status.DRAFT if status == Status.DRAFT else Status.PRIVATE


def summary_of(row: dict, meta: dict) -> str:
    for words in (
        row.get("custom_excerpt"),
        meta.get("meta_description"),
        row.get("meta_description"),
    ):
        if text_of(words).strip():
            return text_of(words).strip()
    return ""


def authors_of(row: dict, key: str, index: Index) -> Iterator[str]:
    """Keys of the people, as their table says, or before Ghost 1.22 the row itself."""
    named = [text_of(join.get("author_id")) for join in index.of("posts_authors", key)]
    for author in dict.fromkeys(named or [text_of(row.get("author_id"))]):
        if index.first("users", author):
            yield author


def groups_of(key: str, index: Index, conversion: Conversion) -> Iterator[Group]:
    """Its tags in their order, without the internal ones: those say something to a theme."""
    for tag_key in dict.fromkeys(
        text_of(join.get("tag_id")) for join in index.of("posts_tags", key)
    ):
        row = index.first("tags", tag_key)
        name = line_of(row.get("name"))
        if name.startswith("#") or line_of(row.get("visibility")) == "internal":
            conversion.tell(_("The internal tag “%s” was left out.") % name)
        elif name:
            description = text_of(row.get("description")).strip()
            yield Group(name, line_of(row.get("slug")), description)


def tell_left_out(row: dict, meta: dict, conversion: Conversion) -> None:
    if any(text_of(row.get(f"codeinjection_{place}")).strip() for place in ("head", "foot")):
        conversion.tell(_("Code of its own (code injection) was left out."))
    if text_of(meta.get("feature_image_caption")).strip():
        conversion.tell(_("The caption of its cover was left out."))
