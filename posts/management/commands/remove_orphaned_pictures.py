from datetime import timedelta

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.audit import recording
from blogsite.management.plain import PlainCommand
from posts.models import Image
from posts.pictures.orphans import remove_orphans

AGE = timedelta(days=1)  # longer than any import takes that is still at work


class Command(PlainCommand):
    help = "Removes picture files that no picture names and that are older than a day."

    def handle(self, **options):
        if not Image.everything.exists():
            # Most likely another database than the files belong to.
            raise CommandError(
                _(
                    "This database knows no picture at all, so nothing was removed. Check DATABASE_URL."
                )
            )
        try:
            count = remove_orphans(older_than=AGE)
        except NotImplementedError as error:
            raise CommandError(_("This storage cannot list its files.")) from error
        if count:
            recording.record("posts.orphans_removed", count=count)
        self.stdout.write(_("%(count)d files removed") % {"count": count})
