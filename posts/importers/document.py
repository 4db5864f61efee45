"""One file as a text of this site: what its front matter, name and place say."""

import os
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import PurePosixPath

from django.utils import timezone
from django.utils.translation import gettext as _

from posts.importers import frontmatter
from posts.importers.config import Config
from posts.importers.dates import parse_date
from posts.importers.fields import Fields
from posts.importers.folder import Folder
from posts.importers.people import named_authors
from posts.importers.reading import Refused, read_text
from posts.importers.slugs import make_slug
from posts.importers.titles import take_heading, title_from_name
from posts.models.publication import BODY_MAX_LENGTH

DATED_NAME = re.compile(r"(\d{4}-\d{1,2}-\d{1,2})(?:[-_ ]+(.*))?\Z", re.DOTALL)
DATED_FOLDER = re.compile(r"(?:^|/)(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?=[-_/ ]|\Z)")
MONTH_FOLDER = re.compile(r"(?:^|/)((?:19|20)\d{2})(?:[-/](\d{2})(?=[-_/ ]|\Z))?(?=[-/]|\Z)")
LANGUAGE_NAME = re.compile(r"(.+)\.([a-z]{2}(?:-[a-zA-Z]{2,4})?)\Z")
# Hugo's folders for languages; any two letters would take in sections such as "go" and "js".
LANGUAGES = {
    "ar", "cs", "de", "en", "en-us", "es", "fa", "fr", "hi", "id", "it", "ja", "ko", "nl", "pl", "pt",
    "pt-br", "ru", "sv", "tr", "uk", "vi", "zh", "zh-cn", "zh-hans", "zh-hant", "zh-tw",
}  # fmt: skip
BUNDLE_NAMES = {"index", "_index"}
DRAFT_FOLDERS = {"_drafts", "drafts", "draft"}
HIDDEN = {"draft", "hidden", "private", "pending", "unlisted", "future"}
DATE_KEYS = ["date", "published_at", "publishdate", "pubdate", "published", "created", "created_at"]
UPDATE_KEYS = ["lastmod", "modified", "updated", "updated_at", "last_modified_at", "last_modified"]


@dataclass
class Document:
    """What a file says, its body not yet converted; `path` is relative to the folder."""

    path: str
    fields: Fields
    body: str
    kind: str = "post"  # or page, term
    title: str = ""
    slug: str = ""  # as wanted; another file may have it already
    language: str = ""
    published_at: datetime | None = None  # also set for a draft that has a date
    date_is_guessed: bool = False
    updated_at: datetime | None = None
    is_draft: bool = False
    authors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The file's name without extension, or the folder's for a page bundle."""
        path = PurePosixPath(self.path)
        return path.parent.name if path.stem in BUNDLE_NAMES and path.parent.name else path.stem

    @property
    def folders(self) -> list[str]:
        """The folders it lies in; a bundle's own is not among them."""
        path = PurePosixPath(self.path)
        is_bundle = path.stem in BUNDLE_NAMES
        return list(path.parts[:-2] if is_bundle else path.parts[:-1])


def read_document(folder: Folder, config: Config, path: str) -> Document:
    """Read the file at `path`; raises Refused for what cannot or should not be imported."""
    whole = folder.inside(path)
    if whole is None:
        raise Refused(_("It leads outside the folder, or is gone."))
    text, remark = read_text(whole)
    if not text.strip():
        raise Refused(_("The file is empty."))
    head = frontmatter.split(text)
    if len(head.body) > BODY_MAX_LENGTH:
        raise Refused(_("Longer than %d characters.") % BODY_MAX_LENGTH)
    if head.fields.text("status").lower() == "skip":
        raise Refused(_("Its status is “skip”."))
    document = Document(path, head.fields, head.body)
    document.problems += [problem for problem in (remark, head.problem) if problem]
    fill_name(document, folder)
    fill_title(document, folder, head.kind)
    fill_dates(document, config, os.stat(whole).st_mtime)
    document.is_draft = is_draft(document)
    document.authors = named_authors(document.fields)
    document.tags = tags_of(document.fields, folder.style)
    return document


def fill_name(document: Document, folder: Folder) -> None:
    """Slug and language, as far as the file's name tells them."""
    name = document.name
    language = LANGUAGE_NAME.match(PurePosixPath(document.path).stem)
    if folder.style == "hugo" and language:
        document.language = language[2]
        name = language[1] if language[1] not in BUNDLE_NAMES else document.folders[-1]
    elif folder.style == "hugo":
        own = [part for part in document.folders[:2] if part.lower() in LANGUAGES]
        document.language = own[0] if own else ""
    dated = DATED_NAME.match(name)
    if dated and dated[2]:
        name = dated[2]
    document.slug = make_slug(document.fields.text("slug")) or make_slug(name)
    document.language = document.fields.text("language", "lang", "locale") or document.language
    document.language = document.language.replace("_", "-")[:35]


def fill_title(document: Document, folder: Folder, head_kind: str) -> None:
    document.title = " ".join(document.fields.text("title").split())
    if not document.title and "title" not in document.fields:
        document.title, document.body = take_heading(document.body)
    if not document.title and not (folder.style == "hugo" and head_kind != "none"):
        # Hugo publishes notes without a title; the others make one from the name.
        document.title = title_from_name(document.slug)
    if len(document.title) > 250:
        document.title = document.title[:249] + "…"
        document.problems.append(_("The title was longer than 250 characters and was cut."))
    document.slug = document.slug or make_slug(document.title)


def fill_dates(document: Document, config: Config, modified: float) -> None:
    document.published_at = dated_by_field(document, config)
    if not document.published_at:
        document.published_at = dated_by_path(document, config)
    if not document.published_at:
        document.date_is_guessed = True
        moment = datetime.fromtimestamp(max(modified, 0), UTC).replace(microsecond=0)
        document.published_at = min(moment, timezone.now())
    later = date_in(document, config, UPDATE_KEYS)
    if later and document.published_at < later <= timezone.now():
        document.updated_at = later


def dated_by_field(document: Document, config: Config) -> datetime | None:
    moment = date_in(document, config, DATE_KEYS)
    # Hugo shows `date` but waits for `publishDate`.
    release = date_in(document, config, ["publishdate"])
    return release if release and release > timezone.now() else moment


def date_in(document: Document, config: Config, names: list[str]) -> datetime | None:
    for name in names:
        text = document.fields.text(name)
        if not text or document.fields.flag(name) is not None:
            continue  # `published: false` is no date
        moment = parse_date(text, config.zone)
        if moment:
            return moment
        document.problems.append(_("The date “%s” is not understood.") % text[:60])
    return None


def dated_by_path(document: Document, config: Config) -> datetime | None:
    """The date in the file's name (2019-04-05-slug), or in the folders (2019/04/slug)."""
    dated = DATED_NAME.match(document.name)
    if dated and (moment := parse_date(dated[1], config.zone)):
        return moment
    above = str(PurePosixPath(document.path).parent)
    if found := DATED_FOLDER.search(above):
        return parse_date("-".join(found.groups()), config.zone)
    if found := MONTH_FOLDER.search(above):
        return parse_date(f"{found[1]}-{found[2] or '01'}-01", config.zone)
    return None


def is_draft(document: Document) -> bool:
    """Whether the file says in any way that it is not to be public."""
    fields = document.fields
    if fields.flag("draft") or fields.flag("published") is False:
        return True
    if fields.text("status").lower() in HIDDEN:
        if fields.text("status").lower() != "draft":
            document.problems.append(
                _("Its status is “%s”; imported as a draft.") % fields.text("status")
            )
        return True
    if DRAFT_FOLDERS & {part.lower() for part in document.folders}:
        return True
    expiry = parse_date(fields.text("expirydate", "unpublishdate"))
    if expiry and expiry <= timezone.now():
        document.problems.append(_("It expired; imported as a draft."))
        return True
    return False


def tags_of(fields: Fields, style: str) -> list[str]:
    """Tags and categories, each name once whatever its case."""
    # Jekyll divides a string at spaces; people who write commas mean commas.
    text = fields.raw("tags", "categories")
    spaced = style == "jekyll" and isinstance(text, str) and "," not in text
    plural = fields.names("tags", "categories", separator=r"\s+" if spaced else ",")
    single = fields.names("tag", "category", separator=",")
    names = {name.casefold(): name for name in [*single, *plural]}
    names |= {name.casefold(): name for name in plural}
    return [name[:100] for name in names.values()]
