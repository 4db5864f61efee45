import sys

from django.db import DEFAULT_DB_ALIAS
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.tallies import counting, triggers


class Command(PlainCommand):
    help = "Compares the numbers of posts with the posts. Exit code 1 if they differ."

    def add_arguments(self, parser):
        parser.add_argument("--rebuild", action="store_true", help="count everything anew")

    def handle(self, *, rebuild, **options):
        if rebuild:
            triggers.put_in(DEFAULT_DB_ALIAS)
        wrong = counting.count_wrong(DEFAULT_DB_ALIAS)
        if wrong or not triggers.are_there(DEFAULT_DB_ALIAS):
            self.stdout.write(
                _("%d numbers are wrong. Count anew: manage.py tallies --rebuild") % wrong
            )
            sys.exit(1)
        self.stdout.write(_("All numbers are right."))
