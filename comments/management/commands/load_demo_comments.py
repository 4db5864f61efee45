from django.utils.translation import ngettext

from blogsite.management.plain import PlainCommand
from comments.demo.loading import load


class Command(PlainCommand):
    help = "Load the comments of the demo, or what is missing of them; load_demo does it as well."

    def handle(self, *, verbosity, **options):
        made = load()
        if verbosity:
            self.stdout.write(ngettext("%d comment loaded.", "%d comments loaded.", made) % made)
