"""All rules, over one text or many."""

from collections.abc import Iterable
from dataclasses import replace

from posts.linting import code, facts, headings, links, pictures, prose
from posts.linting.finding import Finding, Severity
from posts.linting.reading import read
from posts.linting.targets import Targets
from posts.linting.waiving import kind_of, waived_of
from posts.models.publication import Publication

GROUPS = [facts, pictures, headings, links, code, prose]
MOST = 500  # findings of one text; nobody mends more at a sitting


def check(text: Publication, user=None) -> list[Finding]:
    """What is to be mended in `text`, saved or not, from top to bottom. Nothing is raised.

    `user` is whoever gets to see the findings: of hidden texts that they may not look at they learn
    nothing. None is for what everybody may know, or the operator.
    """
    return check_all([text], user)[0]


def check_all(texts: Iterable[Publication], user=None) -> list[list[Finding]]:
    """The same for many texts, at the number of queries of one."""
    readings = [(text, read(text.body)) for text in texts]
    targets = Targets(readings, user)
    waived = waived_of([text for text, _reading in readings])
    return [
        with_waivers(found_in(text, reading, targets), waived.get((kind_of(text), text.pk), {}))
        for text, reading in readings
    ]


def blocking(text: Publication, user=None) -> list[Finding]:
    """What holds back publishing: findings of some weight that nobody has let through."""
    return [finding for finding in check(text, user) if finding.blocks]


def found_in(text, reading, targets) -> list[Finding]:
    found = [finding for group in GROUPS for finding in group.find(text, reading, targets)]
    kept = [each for each in found if not is_ignored(each, reading)]
    # What blocks is never cut off.
    kept.sort(key=lambda finding: finding.severity != Severity.BLOCKS)
    return sorted(kept[:MOST], key=lambda finding: finding.line or 0)


def is_ignored(finding: Finding, reading) -> bool:
    """Whether the author has switched it off in the text; what blocks needs somebody's name."""
    if finding.severity == Severity.BLOCKS:
        return False
    return reading.ignores(finding.rule, finding.line)


def with_waivers(findings: list[Finding], waived: dict) -> list[Finding]:
    return [replace(each, waived=waived.get(each.key, "")) for each in findings]
