"""Whether a file is a post, a page, words about a tag, or nothing for this site."""

from collections import Counter
from pathlib import PurePosixPath

from django.utils.translation import gettext as _

from posts.importers.document import DRAFT_FOLDERS, LANGUAGES, Document
from posts.importers.folder import JEKYLL_FOLDERS, Folder
from posts.models import Page, Post

MODELS = {"post": Post, "page": Page}  # the kinds that are stored as texts
TERMS = {"tags": "tag", "categories": "tag", "series": "series", "authors": "author"}
# Layouts of pages that hold a list and no text of their own; the site makes such pages itself.
LISTS = {
    "home", "index", "archive", "archives", "search", "tags", "tag", "categories", "category",
    "404", "posts", "tagpage", "feed",
}  # fmt: skip


class NotForUs(Exception):
    """A file that is rightly left out; not a problem."""


def main_section(folder: Folder) -> str:
    """The section that holds most texts, as Hugo chooses its own; "" is the top itself."""
    texts = (file for file in folder.files if PurePosixPath(file).stem != "_index")
    counts = Counter(section(folder, Document(file, None, "")) for file in texts)
    for name in (*TERMS, *DRAFT_FOLDERS, "pages"):
        counts.pop(name, None)
    return max(sorted(counts), key=lambda name: (counts[name], name != ""), default="")


def section(folder: Folder, document: Document) -> str:
    """The first folder below where the texts are; a language's own folder is none."""
    inner = document.folders[1:] if folder.content else document.folders
    if folder.style == "hugo" and inner and inner[0].lower() in LANGUAGES:
        inner = inner[1:]
    return inner[0] if inner else ""


def kind_of(document: Document, folder: Folder, main: str) -> str:
    """One of: post, page, tag, series, author; raises NotForUs."""
    choose = {"jekyll": jekyll_kind, "hugo": hugo_kind}.get(folder.style, plain_kind)
    kind = choose(document, folder, main)
    if kind == "page":
        check_page(document)
    return kind


def jekyll_kind(document: Document, folder: Folder, main: str) -> str:
    above = {*PurePosixPath(document.path).parts[:-1], folder.root.name}
    return "post" if above & JEKYLL_FOLDERS else "page"


def hugo_kind(document: Document, folder: Folder, main: str) -> str:
    here = section(folder, document)
    stem = PurePosixPath(document.path).stem
    if stem == "_index":
        return section_kind(document, folder, main)
    if here in TERMS and here != main:
        return TERMS[here]
    if here in {main, *DRAFT_FOLDERS}:
        return "page" if says_page(document) else "post"
    # About and its like: beside the posts, mostly without a date.
    is_dated = here and not document.date_is_guessed
    return "post" if is_dated and not says_page(document) else "page"


def section_kind(document: Document, folder: Folder, main: str) -> str:
    """What `_index.md` is: words about a tag, or a page of its own such as `about/_index.md`."""
    parts = PurePosixPath(document.path).parts[1 if folder.content else 0 :]
    parts = parts[1:] if parts[0].lower() in LANGUAGES else parts
    if len(parts) == 3 and parts[0] in TERMS:
        return TERMS[parts[0]]
    if len(parts) == 2 and parts[0] not in {main, *TERMS} and document.body.strip():
        return "page"
    raise NotForUs(_("It describes a section."))


def plain_kind(document: Document, folder: Folder, main: str) -> str:
    return "page" if says_page(document) else "post"


def says_page(document: Document) -> bool:
    if "pages" in {part.lower() for part in document.folders}:
        return True
    return "page" in {document.fields.text("type").lower(), document.fields.text("layout").lower()}


def check_page(document: Document) -> None:
    name = document.name.lower()
    layout = document.fields.text("layout", "template").lower()
    is_front = name in {"index", "_index"}
    if is_front or name in LISTS or layout in LISTS or not document.body.strip():
        raise NotForUs(_("The site makes this page itself."))
