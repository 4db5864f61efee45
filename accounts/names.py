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


class NameField(forms.CharField):
    """A name on one line that stays within it."""

    def to_python(self, value):
        name = " ".join(UNFIT_IN_NAMES.sub(" ", super().to_python(value)).split())
        # Joiners and marks belong to letters; by themselves they show nothing.
        return name if any(unicodedata.category(sign)[0] in "LNPS" for sign in name) else ""
