"""How good the filter is: learn one part of a corpus, choose the threshold on another, and count
on a third that played no part in either."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from hashlib import sha256

from comments.models.spam import TOTALS_KEY
from comments.spam.filter import SPAM_FROM, Totals, combined, weighed
from comments.spam.learning import Changes
from comments.spam.mails import Mail, as_comment
from comments.spam.tokens import key_of, tokens_of

TRAINING, VALIDATION, HELD_OUT = range(3)
MOST_LOST = 0.005  # of the good ones
NO_IDEA = 0.5

# Scores of all mails that were not trained on, by the mail's digest.
Scores = dict[str, float]


@dataclass(frozen=True)
class Result:
    """What a filter does with the held-out part when everything above a threshold is spam."""

    caught: int
    spam: int
    lost: int  # good ones called spam
    good: int

    @property
    def recall(self) -> float:
        return self.caught / self.spam if self.spam else 0

    @property
    def precision(self) -> float:
        called = self.caught + self.lost
        return self.caught / called if called else 0

    @property
    def false_positive_rate(self) -> float:
        return self.lost / self.good if self.good else 0


def part_of(mail: Mail, seed: int) -> int:
    """Which third a mail belongs to; depends on its content and the seed alone."""
    return int(sha256(f"{seed}:{mail.digest}".encode()).hexdigest()[:8], 16) % 3


def our_scores(mails: list[Mail], tokens: dict[str, list[str]], seed: int) -> Scores:
    """The filter of this site, trained on the first third; no database takes part."""
    changes = Changes()
    for mail in mails:
        if part_of(mail, seed) == TRAINING:
            verdict = "spam" if mail.is_spam else "good"
            changes.add(verdict, map(key_of, tokens[mail.digest]), 1)
    totals = Totals(*changes.deltas.pop(TOTALS_KEY, (0, 0)))
    if not (totals.good and totals.spam):
        return {mail.digest: NO_IDEA for mail in mails}
    return {
        mail.digest: probability_of(weighed(tokens[mail.digest], changes.deltas, totals))
        for mail in mails
        if part_of(mail, seed) != TRAINING
    }


def probability_of(known: list[tuple[str, float]]) -> float:
    probability = combined([chance for _token, chance in known])
    return NO_IDEA if probability is None else probability


def tokenised(
    mails: Iterable[Mail], with_headers: bool = False, progress: Callable = iter
) -> dict[str, list[str]]:
    return {mail.digest: tokens_of(as_comment(mail, with_headers)) for mail in progress(mails)}


def result_at(mails: list[Mail], scores: Scores, seed: int, threshold: float) -> Result:
    held_out = [mail for mail in mails if part_of(mail, seed) == HELD_OUT]
    called = [mail.is_spam for mail in held_out if scores[mail.digest] > threshold]
    spam = sum(mail.is_spam for mail in held_out)
    return Result(
        caught=sum(called),
        spam=spam,
        lost=len(called) - sum(called),
        good=len(held_out) - spam,
    )


def threshold_from(mails: list[Mail], scores: Scores, seed: int, part: int) -> float:
    """The lowest above which at most MOST_LOST of the good ones of that part lie."""
    good = sorted(
        (scores[mail.digest] for mail in mails if part_of(mail, seed) == part and not mail.is_spam),
        reverse=True,
    )
    return good[int(MOST_LOST * len(good))] if good else SPAM_FROM


def together(results: list[Result]) -> Result:
    """The sum of several splits, in which each mail counts as often as it was held out."""
    return Result(
        caught=sum(result.caught for result in results),
        spam=sum(result.spam for result in results),
        lost=sum(result.lost for result in results),
        good=sum(result.good for result in results),
    )
