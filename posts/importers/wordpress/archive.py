"""An export of WordPress as an archive; `open_archive` checks that a file is one."""

from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from posts.importers.archives.records import ArchiveRefusedError, Person, Skipped, Text
from posts.importers.wordpress.channel import CutOff, TooLarge, parts_of
from posts.importers.wordpress.elements import CONTAINERS, Element, ForbiddenError
from posts.importers.wordpress.facts import Facts, gather, refused_for_entities
from posts.importers.wordpress.places import base
from posts.importers.wordpress.texts import text_of
from posts.importers.wordpress.uploads import Uploads

HEAD_ELEMENTS = 500  # those of the site come first; a feed of another kind may have no end
ITEMS_AT_MOST = 1_000_000  # their keys are held in memory


class WordPressExport:
    """What `records.Archive` asks for, of the export at `path`.

    Texts are read anew at each call of `texts`; one reading before gathers what they share.
    """

    def __init__(self, path: Path, head: dict[str, str], uploads: Path | None = None):
        self.path = path
        self.address = head["address"]
        self.language = head["language"]
        self.name = self.address.partition("://")[2] or "wordpress"
        self.uploads = Uploads(uploads) if uploads else None

    @cached_property
    def facts(self) -> Facts:
        return gather(parts_of(self.path))

    def people(self) -> Iterable[Person]:
        return self.facts.people.values()

    def texts(self) -> Iterator[Text | Skipped]:
        facts, keys = self.facts, Keys()
        for part in parts_of(self.path):
            if isinstance(part, CutOff):
                yield cut_off(part)
            elif isinstance(part, TooLarge):
                yield too_large(part)
            elif part.name == "item":
                yield self.record_of(part, keys, facts)
            if keys.count > ITEMS_AT_MOST:
                yield Skipped("", _("There are too many items in this file: the rest is left out."))
                return

    def record_of(self, item: Element, keys: "Keys", facts: Facts) -> Text | Skipped:
        key, is_again = keys.next(item)
        record = text_of(item, key, facts, self.address, self.language)
        if is_again and isinstance(record, Text):
            record.problems.append(_("Another item of the file has the same number."))
        return record

    def media(self, address: str) -> BinaryIO | None:
        return self.uploads.open(address) if self.uploads else None

    def redirects(self) -> Iterable[tuple[str, str]]:
        return ()


class Keys:
    """A key for each item, the same whenever the same file is read."""

    def __init__(self):
        self.seen: set[int] = set()  # hashes, which take a third of the memory
        self.count = 0

    def next(self, item: Element) -> tuple[str, bool]:
        """The key, and whether its number was that of an earlier item."""
        self.count += 1
        number = item.value("wp:post_id")[:100]
        key = number or item.value("guid")[:300] or item.value("link")[:300] or str(self.count)
        is_again = hash(key) in self.seen
        if is_again:
            key = f"{key}-{self.count}"
        self.seen.add(hash(key))
        return key, is_again and bool(number)


def cut_off(part: CutOff) -> Skipped:
    title = part.element.value("title")[:100] if part.element else ""
    key = part.element.value("wp:post_id")[:100] if part.element else ""
    if title:
        return Skipped(
            key,
            _("The file ends in the middle of “%(title)s”: it is not complete, export it again.")
            % {"title": title},
        )
    return Skipped(key, _("The file ends too early: it is not complete, export it again."))


def too_large(part: TooLarge) -> Skipped:
    return Skipped(
        part.element.value("wp:post_id")[:100],
        _("“%(title)s” is too large, or not written as WordPress does.")
        % {"title": part.element.value("title")[:100] or part.element.name},
    )


def open_archive(path: Path, uploads: Path | None = None) -> WordPressExport:
    """The export at `path`, with its files in the folder `uploads`, if given.

    Reads the head only. Raises ArchiveRefusedError if it is no export of WordPress.
    """
    try:
        head = head_of(path)
    except ForbiddenError as error:
        raise refused_for_entities() from error
    except OSError as error:
        raise ArchiveRefusedError(_("This file cannot be read.")) from error
    if head is None:
        raise ArchiveRefusedError(
            _(
                "This is no export of WordPress: it is the XML file that"
                " “Tools, Export” in its dashboard makes."
            )
        )
    return WordPressExport(path, head, uploads)


def head_of(path: Path) -> dict[str, str] | None:
    """Address and language of the site, as far as said before its people, terms and items.

    None where there is no channel and no item, or nothing in it is of WordPress.
    """
    values: dict[str, str] = {}
    is_ours = False
    for count, part in enumerate(parts_of(path)):
        if not isinstance(part, Element) or count > HEAD_ELEMENTS:
            break
        is_ours = is_ours or names_wordpress(part)
        values.setdefault(part.name, part.text.strip())
        if part.name in CONTAINERS["channel"]:
            if part.name == "item":
                values.setdefault("link of an item", part.value("link"))
            break
    if not is_ours or not {"channel", "item"} & values.keys():
        return None
    candidates = [
        values.get("wp:base_blog_url", ""),
        values.get("wp:base_site_url", ""),
        values.get("link", ""),
        host_of(values.get("link of an item", "")),
    ]
    address = next(filter(None, map(base, candidates)), "")
    return {"address": address, "language": values.get("language", "")[:20]}


def names_wordpress(part: Element) -> bool:
    names = [part.name, *part.attributes.values(), *(child.name for child in part.children)]
    return any(name.startswith(("wp:", "http://wordpress.org/export/")) for name in names)


def host_of(link: str) -> str:
    """The front of a whole address: what is before the third slash."""
    return "/".join(link.split("/")[:3])
