"""The first reading of all files: who gets which slug, and which old address led where."""

from dataclasses import dataclass, field

from django.urls import reverse

from blogsite.numbering import first_free
from posts.importers.addresses import former_addresses
from posts.importers.config import Config, read_config
from posts.importers.document import Document, read_document
from posts.importers.earlier import Earlier
from posts.importers.folder import Folder
from posts.importers.kinds import MODELS, NotForUs, kind_of, main_section
from posts.importers.people import Person, read_people
from posts.importers.reading import Refused
from posts.models.page import is_taken


@dataclass(frozen=True)
class Entry:
    """One file that becomes a post or a page."""

    path: str
    kind: str
    slug: str
    addresses: tuple[str, ...]

    @property
    def new_path(self) -> str:
        return reverse(f"posts:{'detail' if self.kind == 'post' else 'page'}", args=[self.slug])


@dataclass
class Plan:
    """What is known before the first text is stored; small even for very many files."""

    folder: Folder
    config: Config
    people: dict[str, Person]
    entries: dict[str, Entry] = field(default_factory=dict)  # by path of the file
    left_out: list[tuple[str, str]] = field(default_factory=list)  # file, reason; a problem
    not_texts: int = 0  # sections and the like, rightly left out
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)  # kind, key
    old_paths: dict[str, str] = field(default_factory=dict)  # old path to new path
    by_name: dict[str, str] = field(default_factory=dict)  # name of the file to new path

    def read(self, path: str) -> Document:
        document = read_document(self.folder, self.config, path)
        document.kind = self.entries[path].kind if path in self.entries else document.kind
        return document


def make_plan(folder: Folder, progress=iter) -> Plan:
    """Read every file once, for its head only; `progress` wraps the list of files.

    Raises OtherBlog.
    """
    plan = Plan(folder, read_config(folder), read_people(folder))
    earlier = Earlier(folder)
    slugs = Slugs(folder, earlier)
    main = main_section(folder)
    for path in progress(folder.files):
        try:
            document = plan.read(path)
            kind = kind_of(document, folder, main)
        except NotForUs:
            plan.not_texts += 1
        except Refused as refusal:
            plan.left_out.append((path, str(refusal)))
        except Exception as error:
            # One file that trips us up must not keep the others out.
            plan.left_out.append((path, f"{type(error).__name__}: {error}"))
        else:
            earlier.meet(document, kind)
            add(plan, document, kind, slugs)
    earlier.check_same_blog(len(plan.entries))
    return plan


def add(plan: Plan, document: Document, kind: str, slugs: "Slugs") -> None:
    if kind not in MODELS:
        plan.not_texts += 1
        for key in (document.name, document.title):
            plan.descriptions[kind, key.casefold()] = document.body.strip()
        return
    addresses = former_addresses(document, plan.folder, plan.config)
    entry = Entry(document.path, kind, slugs.choose(document, kind), tuple(addresses))
    plan.entries[document.path] = entry
    for address in addresses:
        plan.old_paths.setdefault(address.rstrip("/"), entry.new_path)
    for name in (document.path.rpartition("/")[2].rpartition(".")[0], document.name):
        plan.by_name.setdefault(name, entry.new_path)


class Slugs:
    """Gives every text a slug of its own: the one it has here already, or the first free one."""

    def __init__(self, folder: Folder, earlier: Earlier):
        self.folder = folder
        self.earlier = earlier
        self.taken = {"post": set(), "page": set()}

    def choose(self, document: Document, kind: str) -> str:
        model, taken = MODELS[kind], self.taken[kind]
        wanted = document.slug or kind
        known = self.earlier.find(document, kind)
        if known and known.slug.removeprefix(wanted).strip("-0123456789") == "":
            taken.add(known.slug)
            return known.slug

        def is_free(slug: str) -> bool:
            if slug in taken or (kind == "page" and is_taken(slug)):
                return False
            others = model.everything.exclude(source=self.folder.source_of(document.path))
            return not others.filter(slug=slug).exists()

        slug = first_free(wanted, is_free)
        taken.add(slug)
        return slug
