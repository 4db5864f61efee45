from datetime import timedelta

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts import trash

DEFAULT_DAYS = 30
MAX_DAYS = 36_500


class Command(PlainCommand):
    help = "Deletes for good what has been in the trash for longer than a number of days."

    def add_arguments(self, parser):
        parser.add_argument("--days", type=int, default=DEFAULT_DAYS, help="default: 30")
        parser.add_argument("--dry-run", action="store_true", help="only say what would go")

    def handle(self, *, days, dry_run, **options):
        if not 0 <= days <= MAX_DAYS:
            raise CommandError(_("--days must be between 0 and %(most)d") % {"most": MAX_DAYS})
        removed = trash.purge(timedelta(days=days), dry_run)
        said = _("%(kind)s: %(count)d would go") if dry_run else _("%(kind)s: %(count)d removed")
        for kind, count in removed.items():
            self.stdout.write(said % {"kind": kind, "count": count})
