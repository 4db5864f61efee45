from datetime import timedelta

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from comments import forgetting

MAX_DAYS = 36_500


class Command(PlainCommand):
    help = "Deletes for good what has been in the spam or the trash for a number of days."

    def add_arguments(self, parser):
        days = forgetting.PURGE_DAYS
        parser.add_argument("--days", type=int, default=days, help=f"default: {days}")

    def handle(self, *, days, **options):
        if not 0 <= days <= MAX_DAYS:
            raise CommandError(_("--days must be between 0 and %(most)d") % {"most": MAX_DAYS})
        count = forgetting.purge(timedelta(days=days))
        self.stdout.write(_("%(count)d removed for good") % {"count": count})
