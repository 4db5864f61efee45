"""Findings in words, for the page on which a text is written."""

from collections import Counter

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from posts.linting.finding import Finding, Severity

NAMES = {
    Severity.BLOCKS: gettext_lazy("Holds back publishing"),
    Severity.WARNS: gettext_lazy("To mend"),
    Severity.HINT: gettext_lazy("Hint"),
}


def label_of(finding: Finding) -> str:
    if finding.waived:
        return _("Let through: %(reason)s") % {"reason": finding.waived}
    return str(NAMES[finding.severity])


def summary_of(findings: list[Finding]) -> str:
    """How many there are of each weight, in one line."""
    counts = Counter(finding.severity for finding in findings if not finding.waived)
    blocks, warns, hints = (counts[severity] for severity in Severity)
    parts = []
    if blocks:
        said = ngettext("%d holds back publishing", "%d hold back publishing", blocks)
        parts.append(said % blocks)
    if warns:
        parts.append(ngettext("%d to mend", "%d to mend", warns) % warns)
    if hints:
        parts.append(ngettext("%d hint", "%d hints", hints) % hints)
    return ", ".join(parts) + "." if parts else _("Nothing to mend.")
