"""What an import did, in numbers and in sentences."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Counts:
    """Files of one kind. Drafts and scheduled ones are also among the first three."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    drafts: int = 0
    scheduled: int = 0

    def add(self, outcome: str, status: str) -> None:
        """Count one text: `outcome` names one of the first four fields, `status` is the model's."""
        setattr(self, outcome, getattr(self, outcome) + 1)
        if outcome != "skipped" and status == "draft":
            self.drafts += 1
        elif outcome != "skipped" and status == "scheduled":
            self.scheduled += 1

    @property
    def total(self) -> int:
        return self.created + self.updated + self.unchanged

    @property
    def published(self) -> int:
        return self.total - self.drafts - self.scheduled


@dataclass
class Report:
    posts: Counts = field(default_factory=Counts)
    pages: Counts = field(default_factory=Counts)
    tags: set[str] = field(default_factory=set)  # case folded
    authors: set[str] = field(default_factory=set)  # case folded
    images: Counter = field(default_factory=Counter)  # imported, missing, remote
    redirects: int = 0
    problems: list[dict[str, str]] = field(default_factory=list)

    def problem(self, file: str, reason: str) -> None:
        self.problems.append({"file": file, "reason": reason})

    def as_json(self) -> dict:
        """Plain data in the published shape; see docs/import.md."""
        return {
            "posts": vars(self.posts),
            "pages": vars(self.pages),
            "tags": len(self.tags),
            "authors": len(self.authors),
            "images": {kind: self.images[kind] for kind in ("imported", "missing", "remote")},
            "redirects": self.redirects,
            "problems": self.problems,
        }
