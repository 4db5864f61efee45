"""What the doctor says, for people and for programs."""

import json
from collections.abc import Iterable

from blogsite.doctor.examining import Finding, Grade

TITLES = {Grade.UNSAFE: "Unsafe", Grade.UNFINISHED: "Unfinished", Grade.FINE: "Fine"}


def as_text(findings: Iterable[Finding]) -> str:
    """The worst first, a line for each."""
    findings = list(findings)
    parts = []
    for grade, title in TITLES.items():
        lines = [f"  {each.about}: {each.words}" for each in findings if each.grade == grade]
        if lines:
            parts.append("\n".join([title, *lines]))
    return "\n\n".join(parts)


def as_json(findings: Iterable[Finding]) -> str:
    rows = [{"grade": each.grade, "about": each.about, "words": each.words} for each in findings]
    return json.dumps({"findings": rows}, indent=2)
