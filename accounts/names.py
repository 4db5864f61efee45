"""Names as people type them."""

import re
import unicodedata

from django import forms

# What reorders, hides or breaks the line around a name: controls, marks that turn the direction,
# line separators, and blanks that only look like nothing.
UNFIT_IN_NAMES = re.compile(
    "[\0-\x08\x0e-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\u061c\u115f\u1160\u180e\u2800\u3164\uffa0]"
)


def fit_name(text: str) -> str:
    """`text` as a name on one line that stays within it; empty if nothing of it would be seen."""
    name = " ".join(UNFIT_IN_NAMES.sub(" ", text).split())
    # Joiners and marks belong to letters; by themselves they show nothing.
    return name if any(unicodedata.category(sign)[0] in "LNPS" for sign in name) else ""


class NameField(forms.CharField):
    """Takes what `fit_name` leaves."""

    def to_python(self, value):
        return fit_name(super().to_python(value))
