import json
import re
from pathlib import Path

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.audit import recording
from blogsite.management.plain import PlainCommand
from posts.importers.earlier import OtherBlog
from posts.importers.folder import NoTexts
from posts.importers.markdown import import_folder
from posts.importers.report import Counts, Report
from posts.management.progress import bar

NAME = re.compile(r"[^:\0]{1,100}")  # with more it would not fit into Post.source


class Command(PlainCommand):
    help = "Import a folder of Markdown files: Jekyll, Hugo, Pelican or plain. See docs/import.md."

    def add_arguments(self, parser):
        parser.add_argument("folder", help="where the files are; nothing outside it is read")
        parser.add_argument(
            "--name", default="", help="which blog it is; default: the name of its folder"
        )
        parser.add_argument(
            "--dry-run", action="store_true", help="give the same report and write nothing"
        )
        parser.add_argument("--json", action="store_true", help="print the report as JSON")

    def handle(self, *, folder, name, dry_run, json: bool, **options):
        if name and not NAME.fullmatch(name):
            raise CommandError(_("--name takes up to 100 characters, but no colon."))
        report = self.run(folder, name, dry_run)
        if json:
            self.stdout.write(as_json(report))
            return
        if dry_run:
            self.stdout.write(_("Nothing was written: this was a dry run."))
        self.show(report)

    def run(self, folder: str, name: str, dry_run: bool) -> Report:
        if not folder:  # an unset variable; the current folder would be a surprise
            raise CommandError(_("Name the folder to import."))
        try:
            report = import_folder(folder, name=name, dry_run=dry_run, progress=bar)
        except FileNotFoundError as error:
            raise CommandError(_("There is no folder %s.") % folder) from error
        except NotADirectoryError as error:
            raise CommandError(_("%s is not a folder.") % folder) from error
        except PermissionError as error:
            raise CommandError(_("%s may not be read.") % folder) from error
        except NoTexts as error:
            raise CommandError(_("There are no Markdown files in %s.") % folder) from error
        except OtherBlog as error:
            raise CommandError(
                _(
                    "Another blog was imported under the name “%(name)s”; give this one its own with"
                    " --name, or --name “%(name)s” if it is the same after all."
                )
                % {"name": error}
            ) from error
        if not dry_run:
            record(name or Path(folder).resolve().name, report)
        return report

    def show(self, report: Report) -> None:
        for problem in report.problems:
            self.stdout.write(legible(f"{problem['file']}: {problem['reason']}"))
        self.stdout.write(f"{_('Posts')}: {in_words(report.posts)}")
        self.stdout.write(f"{_('Pages')}: {in_words(report.pages)}")
        self.stdout.write(
            _("Tags: %(tags)d. Authors: %(authors)d. Redirects: %(redirects)d.")
            % {
                "tags": len(report.tags),
                "authors": len(report.authors),
                "redirects": report.redirects,
            }
        )
        self.stdout.write(
            _("Pictures: %(imported)d imported, %(missing)d missing, %(remote)d on other sites.")
            % report.as_json()["images"]
        )
        self.stdout.write(_("Problems: %d.") % len(report.problems))


def record(name: str, report: Report) -> None:
    """One event for the whole import, which nobody could read as thousands; unless it did nothing."""
    counts = [report.posts, report.pages]
    created, updated = sum(each.created for each in counts), sum(each.updated for each in counts)
    pictures = report.images["imported"]
    if created or updated or pictures or report.redirects:
        recording.record(
            "posts.imported", blog=name, created=created, updated=updated, images=pictures
        )


def as_json(report: Report) -> str:
    return json.dumps(report.as_json(), ensure_ascii=False)


def legible(text: str) -> str:
    """`text` on one line, with what could move the cursor or hide words spelt out.

    Names of files and values of fields come from strangers.
    """
    signs = (sign if sign.isprintable() else sign.encode("unicode_escape") for sign in text)
    return "".join(sign if isinstance(sign, str) else sign.decode() for sign in signs)


def in_words(counts: Counts) -> str:
    return _(
        "%(created)d created, %(updated)d updated, %(unchanged)d unchanged, %(skipped)d skipped; "
        "%(drafts)d drafts and %(scheduled)d scheduled among them."
    ) % vars(counts)
