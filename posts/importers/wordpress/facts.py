"""What items need of each other and of the head, gathered in a first reading of the export."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from posts.importers.archives.records import ArchiveRefusedError, Person
from posts.importers.wordpress.channel import Part
from posts.importers.wordpress.elements import Element, ForbiddenError
from posts.importers.wordpress.moments import Offsets, stamp
from posts.importers.wordpress.terms import Terms, domain_of, name_of, slug_of

# More than any blog has; the table of each stays under 50 MB.
AT_MOST = 200_000
COAUTHOR = "cap-"  # how the plugin Co-Authors Plus begins the slug of an author


@dataclass(slots=True)
class Attachment:
    address: str
    alt: str


class Facts:
    def __init__(self):
        self.people: dict[str, Person] = {}  # by login
        self.folded: dict[str, str] = {}  # logins, by how they are without regard to case
        self.logins: dict[str, str] = {}  # by number
        self.attachments: dict[str, Attachment] = {}  # by number
        self.pages: dict[str, tuple[str, str]] = {}  # number to parent's number and slug
        self.terms = Terms()
        self.offsets = Offsets()

    def learn(self, element: Element) -> None:
        if element.name == "item":
            self.learn_item(element)
        elif element.name == "wp:author":
            self.learn_author(element)
        elif len(self.terms.descriptions) < AT_MOST:
            self.terms.learn(element)

    def learn_author(self, author: Element) -> None:
        login = author.value("wp:author_login")
        if not login or len(self.people) >= AT_MOST:
            return
        first, last = author.value("wp:author_first_name"), author.value("wp:author_last_name")
        name = author.value("wp:author_display_name") or f"{first} {last}"
        self.people[login] = Person(
            key=login,
            name=name_of(name) or login,
            handle=login,
            email=author.value("wp:author_email"),
        )
        self.folded.setdefault(login.casefold(), login)
        if number := author.value("wp:author_id"):
            self.logins[number] = login

    def learn_item(self, item: Element) -> None:
        number, kind = item.value("wp:post_id"), item.value("wp:post_type")
        self.offsets.learn(stamp(item.value("wp:post_date")), stamp(item.value("wp:post_date_gmt")))
        if kind == "attachment" and len(self.attachments) < AT_MOST:
            alt = next(iter(meta_of(item).get("_wp_attachment_image_alt", [])), "")
            address = item.value("wp:attachment_url") or item.value("guid")
            self.attachments[number] = Attachment(address, name_of(alt))
        elif kind == "page" and len(self.pages) < AT_MOST:
            slug = slug_of(item.value("wp:post_name"))
            self.pages[number] = item.value("wp:post_parent"), slug
        if kind in {"", "post", "page"}:
            for login, name in authors_of(item).items():
                login = self.login_of(login)
                if login not in self.people and len(self.people) < AT_MOST:
                    self.people[login] = Person(key=login, name=name, handle=login)
                    self.folded.setdefault(login.casefold(), login)

    def login_of(self, name: str) -> str:
        """The login that `name` means; Co-Authors Plus writes them small."""
        return name if name in self.people else self.folded.get(name.casefold(), name)


def authors_of(item: Element) -> dict[str, str]:
    """Logins of who wrote it, in their order, with names for those whom the head leaves out."""
    several = {
        slug.removeprefix(COAUTHOR): name_of(category.text)
        for category in item.all("category")
        if domain_of(category) == "author"
        and (slug := slug_of(category.attributes.get("nicename", "")))
    }
    if several:
        return {login: name or login for login, name in several.items()}
    login = item.value("dc:creator")
    return {login: login} if login else {}


def meta_of(item: Element) -> dict[str, list[str]]:
    """The custom fields, by name; a name may have several values."""
    meta: dict[str, list[str]] = {}
    for each in item.all("wp:postmeta"):
        meta.setdefault(each.value("wp:meta_key"), []).append(each.value("wp:meta_value"))
    return meta


def gather(parts: Iterable[Part]) -> Facts:
    """Read everything once; refuses what no export may have before anything is stored."""
    facts = Facts()
    try:
        for part in parts:
            if isinstance(part, Element):
                facts.learn(part)
    except ForbiddenError as error:
        raise refused_for_entities() from error
    return facts


def refused_for_entities() -> ArchiveRefusedError:
    return ArchiveRefusedError(
        _(
            "This file declares a document type or entities, which no export of WordPress does:"
            " export it again, and do not change the file."
        )
    )
