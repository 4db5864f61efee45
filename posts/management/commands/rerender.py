from django.utils.translation import ngettext

from blogsite.management.plain import PlainCommand
from posts.rerender import rerender


class Command(PlainCommand):
    help = "Render again the posts and pages that an older version of the renderer made."

    def add_arguments(self, parser):
        parser.add_argument(
            "--all", action="store_true", help="render everything, up to date or not"
        )

    def handle(self, **options):
        count = 0
        for title in rerender(everything=options["all"]):
            count += 1
            if options["verbosity"] > 1:
                self.stdout.write(title)
        self.stdout.write(
            ngettext("%(count)s text rendered.", "%(count)s texts rendered.", count)
            % {"count": count}
        )
