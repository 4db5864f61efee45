from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from comments.generate import generate
from posts.management.progress import bar
from posts.models import Post

MOST = 10_000_000  # some 20 GB; more would be a slip of the finger


class Command(PlainCommand):
    help = "Fill the discussions with made-up comments for benchmarks; the same seed, the same."

    def add_arguments(self, parser):
        parser.add_argument("--comments", type=int, required=True, help="how many there should be")
        parser.add_argument(
            "--on-one-post", type=int, default=0, help="how many of them under the newest post"
        )
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, comments, on_one_post, seed, **options):
        if not 1 <= comments <= MOST:
            raise CommandError(_("--comments takes a number from 1 to %d.") % MOST)
        try:
            made = generate(comments, seed, on_one_post, progress=bar)
        except Post.DoesNotExist as error:
            raise CommandError(
                _("There is no post to comment on. generate_content makes some.")
            ) from error
        self.stdout.write(_("%d comments made.") % made)
