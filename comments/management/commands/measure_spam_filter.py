from collections import defaultdict
from pathlib import Path
from shutil import which

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from blogsite.management.plain import PlainCommand
from comments.spam import SPAM_FROM, bogofilter, measuring
from comments.spam.mails import read_folder
from posts.management.progress import bar

BOGOFILTER_VIEWS = {
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
            "--bogofilter", action="store_true", help="measure bogofilter on the same splits"
        )

    def handle(self, *, folder, seeds, **options):
        views = BOGOFILTER_VIEWS if options["bogofilter"] else {}
        if views and not which("bogofilter"):
            raise CommandError(_("bogofilter is not installed: apt-get install bogofilter"))
        try:
            mails = read_folder(folder)
        except NotADirectoryError as error:
            raise CommandError(_("%s is not a folder.") % error) from error
        self._say_what_there_is(mails)
        results = defaultdict(list)
        for name, usual, scores_of in rows(mails, views):
            for seed in seeds:
                for label, threshold, result in judged(mails, scores_of(seed), seed, usual):
                    results[name, label].append(result)
                    self.say(line(label or name, result, f"split {seed}, above {threshold:.4f}"))
        if len(seeds) > 1:
            self._say_sums(results)

    def _say_what_there_is(self, mails):
        spam = sum(mail.is_spam for mail in mails)
        if not 0 < spam < len(mails):
            raise CommandError(_("There must be mails in folders named ham and spam."))
        counts = {"good": len(mails) - spam, "spam": spam}
        self.say(_("%(good)d good and %(spam)d spam mails, all different") % counts)

    def _say_sums(self, results):
        self.say("")
        for (name, label), each in results.items():
            recalls = sorted(result.recall for result in each)
            spread = f"recall {recalls[0]:.2%} to {recalls[-1]:.2%}"
            self.say(line(label or name, measuring.together(each), f"{len(each)} splits, {spread}"))


def rows(mails, views):
    """What is measured: a name, the usual threshold, and a function from a seed to scores."""
    for name, with_headers in (("ours, as a comment", False), ("ours, with headers", True)):
        tokens = measuring.tokenised(mails, with_headers, progress=bar)
        yield name, SPAM_FROM, lambda seed, tokens=tokens: measuring.our_scores(mails, tokens, seed)
    for name, view in views.items():
        yield (
            name,
            bogofilter.SPAM_CUTOFF,
            lambda seed, view=view: bogofilter.scores_of(mails, seed, view),
        )


def judged(mails, scores, seed, usual):
    """What comes of the scores at each threshold, with a label but for the one that counts."""
    thresholds = {
        "": measuring.threshold_from(mails, scores, seed, measuring.VALIDATION),
        "  with hindsight": measuring.threshold_from(mails, scores, seed, measuring.HELD_OUT),
        "  at its usual threshold": usual,
    }
    for label, threshold in thresholds.items():
        yield label, threshold, measuring.result_at(mails, scores, seed, threshold)


def line(label: str, result: measuring.Result, note: str) -> str:
    return (
        f"{label:27} precision {result.precision:7.2%}, recall {result.recall:7.2%}"
        f" ({result.caught} of {result.spam}), good called spam"
        f" {result.false_positive_rate:6.2%} ({result.lost} of {result.good}); {note}"
    )
