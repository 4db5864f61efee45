from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.demo import loading
from posts.management.agreement import agree_to_removal


class Command(PlainCommand):
    help = "Remove all content, the demo's or your own, and keep the people who can sign in."

    def add_arguments(self, parser):
        parser.add_argument("--yes", action="store_true", help="do not ask before removing")

    def handle(self, *, yes, **options):
        agree_to_removal(yes, "--yes")
        loading.remove_everything()
        self.stdout.write(
            _("The site is empty. Its name and what it is about: Site settings in the admin.")
        )
