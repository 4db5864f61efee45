"""Importing a folder of Markdown files, from the first file to the report."""

from collections.abc import Callable, Iterable
from pathlib import Path
from urllib.parse import unquote

from django.db import DatabaseError
from django.utils.translation import gettext as _

from posts import pictures
from posts.importers.checking import check_picture
from posts.importers.converting import Converter
from posts.importers.covers import Cover, cover_of
from posts.importers.digests import HALF, file_digest, picture_digest, state_digest
from posts.importers.document import Document
from posts.importers.facts import Facts
from posts.importers.folder import printable, scan
from posts.importers.heads import facts_of
from posts.importers.kinds import MODELS
from posts.importers.leftovers import is_program
from posts.importers.parts import Parts
from posts.importers.places import REMOTE
from posts.importers.plan import Entry, Plan, make_plan
from posts.importers.reading import Refused
from posts.importers.references import mentioned
from posts.importers.report import Report
from posts.importers.storing import Storing, wanted_redirects
from posts.models import Image, Page, Post

Progress = Callable[[Iterable, str], Iterable]


def import_folder(
    path, *, name: str = "", dry_run: bool = False, progress: Progress | None = None
) -> Report:
    """Import the folder at `path`; with `dry_run` only report, and write nothing at all.

    Safe to run again, and after a crash: each file is stored whole or not at all. `name` says
    which blog it is; without one the folder's own name does. Raises what `folder.scan` raises,
    and OtherBlog. `progress` wraps a list while it is worked through.
    """
    progress = progress or (lambda items, label: items)
    folder = scan(path, name)
    plan = make_plan(folder, lambda items: progress(items, _("Reading")))
    work = Import(plan, dry_run)
    work.tell_left_out()
    for entry in progress(list(plan.entries.values()), _("Importing")):
        work.take(entry)
    work.link_successors()
    return work.report


class Import:
    def __init__(self, plan: Plan, dry_run: bool):
        self.plan = plan
        self.dry_run = dry_run
        self.report = Report()
        self.parts = Parts(plan)
        self.successors = []  # (post id, what the file says supersedes it, file)
        self.claimed = set()  # old addresses that a dry run has counted

    def tell_left_out(self) -> None:
        for file, reason in [*self.plan.folder.skipped, *self.plan.left_out]:
            self.report.posts.add("skipped", "")
            self.report.problem(file, reason)
        self.report.posts.skipped += self.plan.not_texts

    def take(self, entry: Entry) -> None:
        """Import one file. Whatever goes wrong with it, the others still come in."""
        try:
            FileImport(self, entry, self.plan.read(entry.path)).run()
        except Refused as refusal:
            self.fail(entry, str(refusal))
        except DatabaseError as error:
            self.fail(entry, _("The database refused it: %s") % error)
        except Exception as error:
            self.fail(entry, f"{type(error).__name__}: {error}")

    def fail(self, entry: Entry, reason: str) -> None:
        self.parts = Parts(self.plan)  # it may know rows that were rolled back
        counts = self.report.posts if entry.kind == "post" else self.report.pages
        counts.add("skipped", "")
        self.report.problem(printable(entry.path), reason)

    def link_successors(self) -> None:
        for pk, wanted, path in self.successors:
            slug = wanted.strip("/").rpartition("/")[2].removesuffix(".html")
            successor = Post.objects.filter(slug=slug).exclude(pk=pk).first()
            if successor:
                Post.everything.filter(pk=pk).update(superseded_by=successor)
            else:
                self.report.problem(path, _("There is no post “%s” to supersede it.") % wanted)


class FileImport:
    def __init__(self, work: Import, entry: Entry, document: Document):
        self.work = work
        self.report = work.report
        self.entry = entry
        self.document = document
        self.source = work.plan.folder.source_of(entry.path)
        self.problems = list(document.problems)
        self.converter = Converter(work.plan, document)
        self.usable = {}  # path of a picture to whether the site has it, or would take it

    def run(self) -> None:
        body = self.converter.convert(self.document.body)
        self.problems += self.converter.problems()
        if self.entry.kind == "page" and is_program(self.document.body):
            self.document.is_draft = True
            self.problems.append(_("A page made by a program; imported as a draft."))
        cover, cover_file = self.find_cover()
        digest = file_digest(self.document, self.converter, body, cover_file)
        text = self.known()
        outcome, reason = self.decide(text, digest)
        if reason:
            self.problems.append(reason)
        wanted = self.document.slug
        if outcome == "created" and wanted and wanted != self.entry.slug:
            told = _("The slug “%(wanted)s” was taken; it is at %(address)s.")
            address = unquote(self.entry.new_path)
            self.problems.append(told % {"wanted": wanted, "address": address})
        if outcome in {"created", "updated"}:
            self.write(text, body, cover, cover_file, digest)
        else:
            self.look_up_pictures()
        self.count(outcome, text)

    def find_cover(self) -> tuple[Cover | None, Path | None]:
        cover = cover_of(self.document.fields)
        if not cover or self.entry.kind == "page":
            return None, None
        file = self.converter.references.places.file(cover.address)
        if not file:
            told = _("The cover picture is on another site: %s.")
            if not REMOTE.match(cover.address):
                told = _("The cover picture is not in the folder: %s.")
            self.problems.append(told % cover.address[:200])
        return cover, file

    def known(self) -> Post | Page | None:
        """What an earlier import made of this file, in the trash or not."""
        return MODELS[self.entry.kind].everything.filter(source=self.source).first()

    def decide(self, text: Post | Page | None, digest: str) -> tuple[str, str]:
        """What to do with the file, and what to tell about it."""
        if text is None:
            return "created", self.told_guess()
        if text.deleted_at:
            return "skipped", _("It is in the trash on this site; left there.")
        if text.source_digest[HALF:] != state_digest(text):
            return "unchanged", _("Edited on the site since; kept as it is there.")
        return ("unchanged" if text.source_digest[:HALF] == digest else "updated"), ""

    def told_guess(self) -> str:
        if not self.document.date_is_guessed or self.entry.kind == "page" or self.document.is_draft:
            return ""
        return _("No date in the file; the time it was last saved was taken: %s.") % (
            f"{self.document.published_at:%Y-%m-%d}"
        )

    def write(self, text, body: str, cover: Cover | None, cover_file, digest: str) -> None:
        if self.work.dry_run:
            self.try_out(cover_file)
            return
        text = text or MODELS[self.entry.kind](source=self.source)
        facts = self.facts()
        facts.cover_alt = cover.alt if cover else ""
        storing = Storing(facts, self.work.parts)
        storing.store(text, body, self.converter.references.pictures, cover_file, digest)
        self.problems += storing.problems
        self.usable = {file: bool(image) for file, image in storing.stored_files.items()}
        self.report.redirects += storing.redirect_count
        successor = self.document.fields.text("superseded_by")
        if successor and self.entry.kind == "post":
            self.work.successors.append((text.pk, successor, self.entry.path))

    def facts(self) -> Facts:
        return facts_of(self.document, self.entry, self.source)

    def try_out(self, cover_file: Path | None) -> None:
        """Find out what storing would find out, without storing."""
        files = [picture.file for picture in self.converter.references.pictures]
        for file in dict.fromkeys(files + ([cover_file] if cover_file else [])):
            try:
                check_picture(file)
                self.usable[file] = True
            except pictures.ImageRefused as refusal:
                self.usable[file] = False
                self.problems.append(f"{file.name}: {' '.join(refusal.messages)}")
        new = set(wanted_redirects(self.facts())) - self.work.claimed
        self.work.claimed |= new
        self.report.redirects += len(new)

    def look_up_pictures(self) -> None:
        files = {picture.file for picture in self.converter.references.pictures}
        digests = {file: picture_digest(file) for file in files}
        stored = set(
            Image.everything.filter(digest__in=digests.values()).values_list("digest", flat=True)
        )
        self.usable = {file: digest in stored for file, digest in digests.items()}

    def count(self, outcome: str, text: Post | Page | None) -> None:
        report, document = self.report, self.document
        counts = report.posts if self.entry.kind == "post" else report.pages
        counts.add(outcome, text.status if outcome == "unchanged" else status_of(document))
        if self.entry.kind == "post":
            report.tags |= {name.casefold() for name in document.tags}
            report.authors |= {name.casefold() for name in document.authors}
        self.count_pictures()
        for reason in dict.fromkeys(self.problems):
            report.problem(printable(self.entry.path), reason)

    def count_pictures(self) -> None:
        """Count every mention in the file, in code as well; see docs/import.md."""
        places = self.converter.references.places
        for address in mentioned(self.document.body):
            if REMOTE.match(address):
                self.report.images["remote"] += 1
                continue
            file = places.file(address)
            if file is None or not self.usable.get(file, True):
                self.report.images["missing"] += 1
            elif file in self.usable:
                self.report.images["imported"] += 1


def status_of(document: Document) -> str:
    made = Post(published_at=None if document.is_draft else document.published_at)
    return made.status
