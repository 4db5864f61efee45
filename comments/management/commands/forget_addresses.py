from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from comments import forgetting


class Command(PlainCommand):
    help = "Forgets where comments came from, once they are older than the settings say."

    def handle(self, **options):
        count = forgetting.forget_addresses()
        self.stdout.write(_("%(count)d forgotten") % {"count": count})
