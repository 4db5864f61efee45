from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from posts.generate import generate
from posts.management.progress import bar

MOST = 10_000_000  # some 100 GB; more would be a slip of the finger


class Command(PlainCommand):
    help = "Fill the site with made-up posts for benchmarks; the same seed gives the same posts."

    def add_arguments(self, parser):
        parser.add_argument("--posts", type=int, required=True, help="how many there should be")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, posts, seed, **options):
        if not 1 <= posts <= MOST:
            raise CommandError(_("--posts takes a number from 1 to %d.") % MOST)
        made = generate(posts, seed, progress=bar)
        self.stdout.write(_("%d posts made.") % made)
