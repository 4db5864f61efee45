"""What the commands that import an archive have in common."""

import csv
import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.importers.archives.receipts import Receipt
from posts.importers.archives.records import Archive, ArchiveRefusedError
from posts.importers.archives.taking import ArchiveReport, Taking
from posts.management.commands.import_markdown import NAME, in_words, legible, record
from posts.management.progress import bar


class ImportCommand(PlainCommand):
    """Imports one file, or a folder, of one system."""

    system = ""  # how the sources of its texts begin
    open_archive: Callable[..., Archive]

    def add_arguments(self, parser):
        parser.add_argument("file", help="the export")
        parser.add_argument("--name", default="", help="which site it is; default: its address")
        parser.add_argument(
            "--dry-run", action="store_true", help="give the same report and write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")
        parser.add_argument(
            "--addresses", metavar="FILE", default="", help="write old and new addresses, as CSV"
        )

    def handle(self, *, file, name, dry_run, json: bool, addresses, **options):
        if name and not NAME.fullmatch(name):
            raise CommandError(_("--name takes up to 100 characters, but no colon."))
        with ExitStack() as stack:
            tell = stack.enter_context(Addresses(addresses)) if addresses else lambda _receipt: None
            report = self.run(file, name, dry_run, tell, options)
        if json:
            self.stdout.write(as_json(report))
            return
        if dry_run:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        self.show(report)

    def run(self, file: str, name: str, dry_run: bool, tell, options) -> ArchiveReport:
        if not file:  # an unset variable
            raise CommandError(_("Name the file to import."))
        try:
            archive = self.open(Path(file), options)
            taking = Taking(archive, self.system, name, dry_run=dry_run, progress=bar, tell=tell)
            report = taking.run()
        except FileNotFoundError as error:
            raise CommandError(_("There is no file %s.") % file) from error
        except (PermissionError, IsADirectoryError) as error:
            raise CommandError(_("%s cannot be read.") % file) from error
        except ArchiveRefusedError as error:
            raise CommandError(str(error)) from error
        if not dry_run:
            record(name or archive.name, report)
        return report

    def open(self, path: Path, options: dict) -> Archive:
        return type(self).open_archive(path)

    def show(self, report: ArchiveReport) -> None:
        for problem in report.problems:
            self.stdout.write(legible(f"{problem['file']}: {problem['reason']}"))
        self.stdout.write(f"{_('Posts')}: {in_words(report.posts)}")
        self.stdout.write(f"{_('Pages')}: {in_words(report.pages)}")
        told = report.as_json()
        self.stdout.write(
            _(
                "Comments: %(created)d created; %(approved)d approved, %(pending)d waiting, %(spam)d"
                " spam, %(removed)d removed; %(orphans)d answer what is not in the file."
            )
            % told["comments"]
        )
        self.stdout.write(
            _("Tags: %(tags)d. Authors: %(authors)d. Redirects: %(redirects)d.") % told
        )
        self.stdout.write(
            _("Pictures: %(imported)d imported, %(missing)d missing, %(remote)d on other sites.")
            % told["images"]
        )
        self.stdout.write(_("Problems: %d.") % len(report.problems))


def as_json(report: ArchiveReport) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False)


class Addresses:
    """A file of old and new addresses, which grows with each receipt."""

    def __init__(self, path: str):
        self.path = path

    def __enter__(self):
        try:
            self.file = open(self.path, "w", encoding="utf-8", newline="")
        except OSError as error:
            raise CommandError(_("%s cannot be written.") % self.path) from error
        self.rows = csv.writer(self.file)
        self.rows.writerow(["old", "new"])
        return self.tell

    def __exit__(self, *error) -> None:
        self.file.close()

    def tell(self, receipt: Receipt) -> None:
        self.rows.writerows([old, receipt.new_path] for old in receipt.addresses)
