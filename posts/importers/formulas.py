"""Formulas whose TeX was written past a Markdown renderer that knew no formulas.

Where a generator leaves formulas to a script in the browser, its Markdown takes the backslash
from `\\_` first, so authors escape every underscore. Here formulas are read before Markdown, and
the escapes would show.
"""

import re

FORMULA = re.compile(r"\$\$.{1,5000}?\$\$|(?<![\\$])\$(?![\s$])[^$\n]{1,500}?(?<!\s)\$", re.DOTALL)
# In TeX itself an escaped underscore is a letter, and hardly ever directly before a subscript.
ESCAPED_SUBSCRIPT = re.compile(r"[\w})]\\_[\w{\\]")
ESCAPED_SIGN = re.compile(r"\\([_*])")
ESCAPED_LINE_END = re.compile(r"\\{4,}(?=\s|$)", re.MULTILINE)


def convert(text: str) -> str:
    """`text` with the TeX that readers of the old site saw; formulas without escapes stay."""
    return FORMULA.sub(lambda match: unescape(match[0]), text)


def unescape(formula: str) -> str:
    if not ESCAPED_SUBSCRIPT.search(formula) or "\\text" in formula:
        return formula
    return ESCAPED_LINE_END.sub(r"\\\\", ESCAPED_SIGN.sub(r"\1", formula))
