"""Template code that has no plain meaning: it stays visible as text, and is counted."""

import re
from collections import Counter

from django.utils.translation import gettext as _

TAG = re.compile(r"\{%-?\s*(?P<name>\w+)[^%]*(?:%(?!\})[^%]*)*%\}")
SHORTCODE = re.compile(r"\{\{[<%]\s*/?\s*(?P<name>[\w./-]+)")
OUTPUT = re.compile(r"\{\{(?![<%])(?P<inside>[^{}]*)\}\}")


def count(text: str) -> Counter:
    """How often each kind of template code stands in `text`, by how it looks."""
    found = Counter(f"{{% {tag['name']} %}}" for tag in TAG.finditer(text)
                    if not tag["name"].startswith("end"))  # fmt: skip
    found.update(f"{{{{< {code['name']} >}}}}" for code in SHORTCODE.finditer(text)
                 if "/" not in code[0])  # fmt: skip
    found.update(named(output["inside"]) for output in OUTPUT.finditer(text))
    return found


def named(inside: str) -> str:
    """`"mhz" | team_link` as `{{ … | team_link }}`, so that equal ones are counted together."""
    value, bar, filters = inside.partition("|")
    value = value.strip()
    if bar:
        return f"{{{{ … | {filters.split(':')[0].strip()} }}}}"
    first_word = re.match(r"[\w.$]+", value)
    return f"{{{{ {first_word[0] if first_word else '…'} }}}}"


def sentence(found: Counter) -> str:
    kinds = ", ".join(f"{kind} ({number})" for kind, number in found.most_common(12))
    return _("Template code stays as text: %s.") % kinds


def is_program(text: str) -> bool:
    """Whether a page is made by loops, so that it would show nothing but their code."""
    return bool(re.search(r"\{%-?\s*(for|assign|capture)\b|\{\{-?\s*range\b", text))
