from pathlib import Path
from shutil import which

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from comments.spam import SPAM_FROM, bogofilter
from comments.spam.mails import read_folder
from comments.spam.measuring import (
    Result,
    chosen_threshold,
    our_scores,
    result_at,
    tokenised,
)
from posts.management.progress import bar

VIEWS = {
    "bogofilter, the whole mail": bogofilter.whole,
    "bogofilter, the body only": bogofilter.body_only,
    "bogofilter, as a comment": bogofilter.like_a_comment,
}


class Command(PlainCommand):
    help = (
        "Measure the spam filter on a folder of mails, one a file, in folders that have ham or"
        " spam in their names. Touches no database."
    )
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("folder", type=Path)
        parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="ways to split")
        parser.add_argument(
            "--bogofilter", action="store_true", help="measure bogofilter on the same split"
        )

    def handle(self, *, folder, seeds, **options):
        if options["bogofilter"] and not which("bogofilter"):
            raise CommandError(_("bogofilter is not installed: apt-get install bogofilter"))
        try:
            mails = read_folder(folder)
        except NotADirectoryError as error:
            raise CommandError(_("%s is not a folder.") % error) from error
        spam = sum(mail.is_spam for mail in mails)
        if not 0 < spam < len(mails):
            raise CommandError(_("There must be mails in folders named ham and spam."))
        self.say(
            _("%(good)d good and %(spam)d spam mails") % {"good": len(mails) - spam, "spam": spam}
        )
        self._measure(mails, seeds, options["bogofilter"])

    def _measure(self, mails, seeds, beside_bogofilter):
        plain = tokenised(mails, progress=bar)
        headers = tokenised(mails, with_headers=True, progress=bar)
        for seed in seeds:
            self.say("")
            self.say(_("Split %d") % seed)
            self._row("ours, as a comment", mails, our_scores(mails, plain, seed), seed, SPAM_FROM)
            self._row(
                "ours, with headers", mails, our_scores(mails, headers, seed), seed, SPAM_FROM
            )
            for name, view in VIEWS.items() if beside_bogofilter else ():
                scores = bogofilter.scores_of(mails, seed, view)
                self._row(name, mails, scores, seed, bogofilter.SPAM_CUTOFF)

    def _row(self, name, mails, scores, seed, usual):
        chosen = chosen_threshold(mails, scores, seed)
        self.say(line(result_at(name, mails, scores, seed, chosen)))
        self.say(line(result_at("  at its usual threshold", mails, scores, seed, usual)))


def line(result: Result) -> str:
    return (
        f"{result.name:28} above {result.threshold:.4f}:"
        f" precision {result.precision:7.2%}, recall {result.recall:7.2%}"
        f" ({result.caught} of {result.spam}), good called spam"
        f" {result.false_positive_rate:6.2%} ({result.lost} of {result.good})"
    )
