from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.demo import loading
from posts.importers.report import Report
from posts.management.agreement import agree_to_removal
from posts.management.progress import bar


class Command(PlainCommand):
    help = "Load the demo: a small journal with posts, authors, a series and pictures."

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="remove everything that is published here first"
        )
        parser.add_argument("--yes", action="store_true", help="do not ask before removing")

    def handle(self, *, reset, yes, verbosity, **options):
        if reset:
            agree_to_removal(yes or not loading.has_other_content(), "--yes")
            loading.remove_everything()
            if verbosity:
                self.stdout.write(
                    _("Removed all posts, pages, tags, series, pictures and redirects.")
                )
        elif loading.has_other_content():
            raise CommandError(
                _("This site has content of its own. --reset removes it and loads the demo.")
            )
        report = loading.load(progress=bar if verbosity else None)
        if verbosity:
            self.tell(report)

    def tell(self, report: Report) -> None:
        for problem in report.problems:
            self.stderr.write(f"{problem['file']}: {problem['reason']}")
        self.stdout.write(
            _("Demo: %(posts)d posts, %(pages)d pages, %(drafts)d drafts, %(scheduled)d scheduled.")
            % {
                "posts": report.posts.published,
                "pages": report.pages.total,
                "drafts": report.posts.drafts,
                "scheduled": report.posts.scheduled,
            }
        )
