"""How likely a comment is spam, from how often its tokens were seen in good and in spam ones.

Naive Bayes with Robinson's estimate for rare tokens. Instead of multiplying everything up, which
makes long texts certain of anything, it takes a mean of the evidence, in which strong evidence
weighs more. docs/spam.md tells how it was measured and where the numbers come from.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt

from comments.spam.signs import describe
from comments.spam.tokens import key_of

# So many of either before the filter may decide; until then it runs in shadow.
MIN_EXAMPLES = 30
# From here on a comment looks like spam.
SPAM_FROM = 0.9

# Robinson's s and x: a token never seen counts as half, with the weight of s comments.
STRENGTH, PRIOR = 0.02, 0.5
# Tokens nearer than this to one half are left out: they are chance mostly, and many.
LEAST_DEVIATION = 0.4
# Doubt: the weight of evidence for nothing, so that two or three words alone prove little.
DOUBT = 10
# How fast the probability moves with the mean. A matter of taste, for it changes no order; with
# this, SPAM_FROM lies a little above where 0.5 % of good mails would be lost.
SLOPE = 6.0

# What every comment has, such as a length and a number of links, proves little, however sure the
# counts are; in a comment of three words it would otherwise outweigh the words.
COMMON = ("size:", "script:", "sign:guest", "sign:member")
COMMON_MOST = 0.8

MAX_REASONS = 8


@dataclass(frozen=True)
class Totals:
    """How many comments of either kind the filter has learnt."""

    good: int = 0
    spam: int = 0

    @property
    def are_enough(self) -> bool:
        return min(self.good, self.spam) >= MIN_EXAMPLES


@dataclass(frozen=True)
class Score:
    """What the filter thinks, and why.

    `probability` is None while it knows nothing; `evidence` holds the strongest tokens, each as
    `{"what": "the word “pills”", "spam": 0.98}`.
    """

    probability: float | None = None
    evidence: list[dict] = field(default_factory=list)
    in_shadow: bool = True

    @property
    def looks_like_spam(self) -> bool:
        """Whether to act on it; never while the filter runs in shadow."""
        return not self.in_shadow and self.probability is not None and self.probability >= SPAM_FROM


def judge(tokens: Iterable[str], counts: Mapping[int, tuple[int, int]], totals: Totals) -> Score:
    """`counts` gives for the keys of known tokens (in how many good ones, in how many spam)."""
    if not (totals.good and totals.spam):
        return Score()
    known = weighed(tokens, counts, totals)
    return Score(
        probability=combined([chance for _token, chance in known]),
        evidence=reasons(known),
        in_shadow=not totals.are_enough,
    )


def weighed(
    tokens: Iterable[str], counts: Mapping[int, tuple[int, int]], totals: Totals
) -> list[tuple[str, float]]:
    """The tokens that are known and tell something, each with its chance of spam."""
    keys = ((token, key_of(token)) for token in tokens)
    chances = (
        (token, bounded(token, chance_of(*counts[key], totals)))
        for token, key in keys
        if key in counts
    )
    return [(token, chance) for token, chance in chances if tells_something(token, chance)]


def tells_something(token: str, chance: float) -> bool:
    return abs(chance - PRIOR) >= LEAST_DEVIATION or token.startswith(COMMON)


def chance_of(good: int, spam: int, totals: Totals) -> float:
    """How likely a comment with this token alone is spam, were either kind as frequent."""
    spam_share, good_share = spam / totals.spam, good / totals.good
    seen = good + spam
    plain = spam_share / (spam_share + good_share) if seen else PRIOR
    return (STRENGTH * PRIOR + seen * plain) / (STRENGTH + seen)


def bounded(token: str, chance: float) -> float:
    if token.startswith(COMMON):
        return min(COMMON_MOST, max(1 - COMMON_MOST, chance))
    return chance


def combined(chances: Iterable[float]) -> float | None:
    """All evidence as one probability; None without any."""
    odds = [log(chance / (1 - chance)) for chance in chances]
    weights = [sqrt(abs(each)) for each in odds]
    if not odds:
        return None
    # Sorted, for sums of floats depend on their order, and that of the tokens is no evidence.
    mean = sum(sorted(map(_product, odds, weights))) / (sum(sorted(weights)) + DOUBT)
    return 1 / (1 + exp(-SLOPE * mean))


def _product(odds: float, weight: float) -> float:
    return odds * weight


def reasons(known: list[tuple[str, float]]) -> list[dict]:
    """The strongest evidence in words, the strongest first."""
    strongest = sorted(known, key=lambda each: (-abs(each[1] - PRIOR), each[0]))
    return [
        {"what": describe(token), "spam": round(chance, 3)}
        for token, chance in strongest[:MAX_REASONS]
        if abs(chance - PRIOR) > 0.1
    ]
