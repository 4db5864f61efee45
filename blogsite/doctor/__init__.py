"""Whether the site is well: `manage.py doctor`.

`examining.py` collects the checks and runs them; each module beside it holds those of one topic.
An app adds its own in its module `doctor`. No finding holds a secret.
"""

from blogsite.doctor.examining import Finding, Grade, check, examine

__all__ = ["Finding", "Grade", "check", "examine"]
