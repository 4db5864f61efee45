from django.utils.translation import gettext as _

from blogsite.audit import recording
from blogsite.management.plain import PlainCommand
from comments.spam.retraining import retrain
from posts.management.progress import bar


class Command(PlainCommand):
    help = "Let the spam filter learn anew from all that moderators decided."

    def add_arguments(self, parser):
        parser.add_argument(
            "--imported",
            action="store_true",
            help="learn also from what another system had approved or called spam",
        )

    def handle(self, *, imported, **options):
        report = retrain(imported, progress=bar)
        recording.record("comments.filter_retrained", good=report.good, spam=report.spam)
        self.say(
            _("Learnt from %(good)d good and %(spam)d spam comments.")
            % {"good": report.good, "spam": report.spam}
        )
