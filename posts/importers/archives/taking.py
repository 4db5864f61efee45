"""Taking an archive in, from its first text to the report."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posts.importers.archives import extras
from posts.importers.archives.bodies import Moved, body_of
from posts.importers.archives.directory import Directory
from posts.importers.archives.media import Media
from posts.importers.archives.receipts import Receipt
from posts.importers.archives.records import Archive, Skipped, Status, Text
from posts.importers.archives.words import facts_of
from posts.importers.digests import HALF, digest, state_digest
from posts.importers.kinds import MODELS
from posts.importers.parts import Parts
from posts.importers.people import Person
from posts.importers.report import Report
from posts.importers.storing import Storing, wanted_redirects
from posts.models import Page, Post
from posts.models.publication import BODY_MAX_LENGTH
from posts.trash import move_to_trash

VERSION = 1  # raise when archives are to be converted anew

Progress = Callable[[Iterable, str], Iterable]


@dataclass
class ArchiveReport(Report):
    remarks: Counter = field(default_factory=Counter)

    def as_json(self) -> dict:
        kinds = ("created", "approved", "pending", "spam", "removed", "orphans")
        return super().as_json() | {"comments": {kind: self.remarks[kind] for kind in kinds}}


@dataclass
class Knowledge:
    """What `Parts` asks of an archive: people by name in lower case, and words about tags."""

    people: dict[str, Person] = field(default_factory=dict)
    descriptions: dict[tuple[str, str], str] = field(default_factory=dict)


class Taking:
    """One import. `system` and `name` say which archive it is, at the next import as well.

    Each text is stored whole or not at all, and known by its key: so an import may be stopped and
    run again. With `dry_run` nothing is written, and the report is the same. `tell` gets a receipt
    for each text.
    """

    def __init__(
        self,
        archive: Archive,
        system: str,
        name: str = "",
        *,
        dry_run: bool = False,
        progress: Progress = lambda items, _label: items,
        tell: Callable[[Receipt], None] = lambda _receipt: None,
    ):
        self.archive = archive
        self.dry_run = dry_run
        self.progress = progress
        self.tell = tell
        self.report = ArchiveReport()
        self.directory = Directory(archive, f"{system}:{name or archive.name}:"[:200])
        self.names = {person.key: person.name or person.key for person in archive.people()}
        self.knowledge = Knowledge(
            {
                (person.name or person.key).casefold(): Person(
                    (person.name or person.key)[:120],
                    person.handle,
                    person.bio if len(person.bio) <= 1000 else "",
                    "\n".join(person.links),
                )
                for person in archive.people()
            }
        )
        self.parts = Parts(self.knowledge)
        self.claimed: set[str] = set()  # old addresses that a dry run has counted

    def run(self) -> ArchiveReport:
        self.directory.read(self.progress(self.archive.texts(), _("Reading")))
        for record in self.progress(self.archive.texts(), _("Importing")):
            if isinstance(record, Skipped):
                self.skip(Receipt(record.key, reasons=[record.reason]))
            else:
                self.take(record)
        for problem in getattr(self.archive, "problems", []):
            self.report.problem("", problem)
        return self.report

    def skip(self, receipt: Receipt) -> None:
        counts = self.report.pages if receipt.kind == "page" else self.report.posts
        counts.add("skipped", "")
        self.finish(receipt)

    def finish(self, receipt: Receipt) -> None:
        for reason in dict.fromkeys(receipt.reasons):
            self.report.problem(receipt.name, reason)
        self.tell(receipt)

    def take(self, text: Text) -> None:
        """Take in one text. Whatever goes wrong with it, the others still come in."""
        receipt = Receipt(text.key, text.kind, text.title, reasons=list(text.problems))
        try:
            with Media(self.archive, dry_run=self.dry_run) as media:
                TakingText(self, text, receipt, media).run()
        except DatabaseError as error:
            self.fail(receipt, _("The database refused it: %s") % error)
        except Exception as error:
            self.fail(receipt, f"{type(error).__name__}: {error}")

    def fail(self, receipt: Receipt, reason: str) -> None:
        self.parts = Parts(self.knowledge)  # it may know rows that were rolled back
        receipt.outcome = "skipped"
        receipt.reasons.append(reason)
        self.skip(receipt)


class TakingText:
    def __init__(self, work: Taking, text: Text, receipt: Receipt, media: Media):
        self.work = work
        self.text = text
        self.receipt = receipt
        self.media = media
        self.entry = work.directory.entries[text.key]
        self.facts = facts_of(text, self.entry, work.directory.source_of(text.key), work.names)
        receipt.addresses, receipt.new_path = self.entry.addresses, self.entry.new_path

    def run(self) -> None:
        if len(self.text.body) > BODY_MAX_LENGTH:
            self.refuse(_("Longer than %d characters.") % BODY_MAX_LENGTH)
            return
        found = MODELS[self.text.kind].everything.filter(source=self.facts.source).first()
        made_from = self.digest()
        self.receipt.outcome, reason = self.decide(found, made_from)
        self.receipt.reasons += [reason] if reason else []
        if self.receipt.outcome in {"created", "updated"}:
            found = self.write(found, made_from)
        self.receipt.reasons += [*self.facts.problems, *self.media.problems]
        self.count(found)
        if self.text.kind == "post":
            self.work.report.remarks += self.take_extras(found)
        elif self.text.remarks:
            told = _("Pages have no comments here: %d stayed behind.")
            self.receipt.reasons.append(told % len(self.text.remarks))
        self.work.finish(self.receipt)

    def refuse(self, reason: str) -> None:
        self.receipt.reasons.append(reason)
        self.work.skip(self.receipt)

    def digest(self) -> str:
        """Of all that an import takes from the record, but its comments."""
        said = asdict(self.text)
        del said["remarks"], said["problems"]
        return digest([VERSION, said, self.entry.slug])

    def decide(self, found: Post | Page | None, made_from: str) -> tuple[str, str]:
        """What to do with the text, and what to tell about it."""
        if found is None:
            return "created", ""
        if found.source_digest[:HALF] == made_from:
            return "unchanged", ""
        if found.deleted_at:
            return "skipped", _("It is in the trash on this site; left there.")
        if found.source_digest[HALF:] != state_digest(found):
            return "unchanged", _("Edited on the site since; kept as it is there.")
        return "updated", ""

    def write(self, found: Post | Page | None, made_from: str) -> Post | Page | None:
        body = body_of(self.text.body, self.text.markup, Moved(self.work.directory, self.media))
        self.receipt.reasons += body.problems
        cover = self.media.take(self.text.cover, self.text.cover_alt) if self.text.cover else None
        if self.work.dry_run:
            new = set(wanted_redirects(self.facts)) - self.work.claimed
            self.work.claimed |= new
            self.work.report.redirects += len(new)
            return found
        try:
            return self.store(found, body.markdown, cover, made_from)
        except BaseException:
            self.media.forget()
            raise

    @transaction.atomic
    def store(self, found, markdown: str, cover, made_from: str) -> Post | Page:
        row = found or MODELS[self.text.kind](source=self.facts.source)
        is_new = not row.pk
        storing = Storing(self.facts, self.work.parts)
        row.body = markdown
        storing.save(row, cover, made_from)
        self.work.report.redirects += storing.redirect_count
        if is_new and self.text.status == Status.TRASHED:
            move_to_trash(row, None)
        elif is_new and self.text.status == Status.PENDING and self.text.kind == "post":
            Post.everything.filter(pk=row.pk).update(submitted_at=timezone.now())
        return row

    def count(self, found: Post | Page | None) -> None:
        report = self.work.report
        counts = report.posts if self.text.kind == "post" else report.pages
        counts.add(self.receipt.outcome, found.status if found else self.status_to_be())
        if self.text.kind == "post":
            report.tags |= {name.casefold() for name in self.facts.tags}
            report.authors |= {name.casefold() for name in self.facts.authors}
        report.images.update(self.media.counts)

    def status_to_be(self) -> str:
        return Post(published_at=None if self.facts.is_draft else self.facts.published_at).status

    def take_extras(self, post: Post | None) -> Counter:
        if post is None:  # a dry run
            return sum((count(self.text) for count in extras.COUNTERS), Counter())
        prefix = self.work.directory.prefix
        return sum((take(post, self.text, prefix) for take in extras.TAKERS), Counter())
