"""What the desk shows of mails and jobs."""

from blogsite.outgoing.admin.job import JobAdmin
from blogsite.outgoing.admin.message import MessageAdmin

__all__ = ["JobAdmin", "MessageAdmin"]
