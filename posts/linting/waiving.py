"""Letting a text through with its findings: by whom, why, and which."""

from collections import defaultdict

from django.db.models import Q

from blogsite.audit import recording
from posts.linting.finding import Finding
from posts.models import Waiver
from posts.models.publication import Publication


def waive(text: Publication, findings: list[Finding], reason: str, by) -> Waiver:
    """Let these findings of a saved text through; they block it no more while they are the same."""
    waiver = Waiver.objects.create(
        findings=[[finding.rule, finding.about] for finding in findings],
        reason=reason,
        waived_by=by,
        **{kind_of(text): text},
    )
    rules = sorted({finding.rule for finding in findings})
    recording.record(f"posts.{kind_of(text)}_waived", text, actor=by, rules=rules)
    return waiver


def waived_of(texts: list[Publication]) -> dict[tuple[str, int], dict]:
    """`{(kind, pk): {key of a finding: reason}}` of those of `texts` that are stored."""
    stored = [text for text in texts if text.pk]
    if not stored:
        return {}
    rows = Waiver.objects.filter(
        Q(post__in=[text.pk for text in stored if kind_of(text) == "post"])
        | Q(page__in=[text.pk for text in stored if kind_of(text) == "page"])
    )
    found: dict[tuple[str, int], dict] = defaultdict(dict)
    for waiver in rows.order_by("waived_at", "pk"):
        key = ("post", waiver.post_id) if waiver.post_id else ("page", waiver.page_id)
        found[key] |= {tuple(pair): waiver.reason for pair in waiver.findings}
    return found


def kind_of(text: Publication) -> str:
    return text._meta.model_name
