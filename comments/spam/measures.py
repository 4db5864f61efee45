"""What can be counted about a comment, in steps: few links, many capitals, a long text."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class Measure:
    label: str
    steps: tuple[float, ...]  # where each next range begins
    is_share: bool = False
    may_be_silent: bool = False  # the lowest range is where nearly all comments are

    def step(self, value: float) -> int:
        return bisect_right(self.steps, value)

    def span(self, step: int) -> str:
        """The range of that step, such as "3-5", "0" or "10-15 %"."""
        low = self.steps[step - 1] if step else 0
        high = self.steps[step] if step < len(self.steps) else None
        if self.is_share:
            low, high = _percent(low), high and _percent(high)
            return f"{low}–{high} %" if high else f"≥ {low} %"
        if high is None:
            return f"≥ {low}"
        return f"{low}" if high - low == 1 else f"{low}–{high - 1}"


def _percent(share: float) -> str:
    return f"{share * 100:g}"


MEASURES = {
    "links": Measure(_("links"), (1, 2, 3, 6, 11)),
    "link_share": Measure(_("links among the words"), (0.005, 0.01, 0.02, 0.05, 0.1), True, True),
    "mails": Measure(_("e-mail addresses in the text"), (1, 2, 4), may_be_silent=True),
    "words": Measure(_("words"), (5, 10, 20, 50, 100, 200, 400, 800)),
    "capitals": Measure(
        _("capital letters"), (0.02, 0.04, 0.06, 0.08, 0.1, 0.15, 0.2, 0.3, 0.5), True
    ),
    "shouted": Measure(_("words all in capitals"), (0.01, 0.02, 0.05, 0.1, 0.2), True, True),
    "exclamations": Measure(_("exclamation marks"), (1, 2, 3, 6, 11, 20), may_be_silent=True),
    "money": Measure(_("currency signs"), (1, 2, 4, 8), may_be_silent=True),
    "digits": Measure(_("digits among the characters"), (0.01, 0.02, 0.05, 0.1), True, True),
    "foreign": Measure(_("characters beyond ASCII"), (0.0001, 0.01, 0.05, 0.2), True, True),
    "lines": Measure(_("lines for a hundred words"), (1, 3, 6, 10, 15, 20, 30)),
    "quotes": Measure(_("quoted lines"), (1, 3, 10), may_be_silent=True),
    "hidden": Measure(_("invisible characters"), (1, 5), may_be_silent=True),
    "name_words": Measure(_("words in the name"), (1, 2, 3, 4)),
    "mail_digits": Measure(_("digits in the e-mail's name"), (1, 2, 3)),
    "mail_length": Measure(_("letters in the e-mail's name"), (3, 6, 10, 15, 20)),
    "seconds": Measure(_("seconds spent on the form"), (3, 6, 12, 30, 60, 180, 600, 3600)),
}


def measure_tokens(values: dict[str, float]) -> Iterator[str]:
    for name, value in values.items():
        step = MEASURES[name].step(value)
        if step or not MEASURES[name].may_be_silent:
            yield f"size:{name}:{step}"


def describe_measure(name: str, step: str) -> str:
    measure = MEASURES[name]
    return f"{measure.label}: {measure.span(int(step))}"
