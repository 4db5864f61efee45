"""What became of each thing in an archive."""

from dataclasses import dataclass, field


@dataclass
class Receipt:
    """`outcome` is created, updated, unchanged or skipped; `reasons` are sentences."""

    key: str
    kind: str = ""
    title: str = ""
    outcome: str = "skipped"
    reasons: list[str] = field(default_factory=list)
    addresses: tuple[str, ...] = ()  # where it was
    new_path: str = ""

    @property
    def name(self) -> str:
        """What a person recognises it by."""
        return f"{self.kind or 'item'} {self.key}" + (f": {self.title}" if self.title else "")
