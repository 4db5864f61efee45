import sys

from django.conf import settings
from django.core.management.base import CommandError

from blogsite import prepare
from blogsite.management.plain import PlainCommand


class Command(PlainCommand):
    help = "Makes the site ready to serve: folders, database, static files, first content."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument(
            "--reset", action="store_true", help="Throw away all content and load the demo again."
        )
        parser.add_argument("--force", action="store_true", help="Do not ask before a reset.")

    def handle(self, *, reset, force, **options):
        if reset:
            if not force:
                confirm()
            prepare.reset(self.say)
        else:
            prepare.prepare(self.say)


def confirm():
    """Raise CommandError unless the person at the terminal agrees to lose what the site holds."""
    if not sys.stdin.isatty():
        raise CommandError(
            "This deletes every post, person and picture of the site. To do it without being"
            " asked: FORCE=1 make demo"
        )
    answer = input(f"Delete every post, person and picture in {settings.VAR_DIR}? [y/N] ")
    if answer.strip().lower() not in {"y", "yes"}:
        raise CommandError("Nothing was changed.")
