"""The linter: what an author may want to mend before readers see it. See docs/linting.md."""

from posts.linting.checking import blocking, check, check_all
from posts.linting.finding import RULES, Finding, Severity

__all__ = ["RULES", "Finding", "Severity", "blocking", "check", "check_all"]
