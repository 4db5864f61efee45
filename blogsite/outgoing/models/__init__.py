"""What is kept of all that leaves the site."""

from blogsite.outgoing.models.job import Job
from blogsite.outgoing.models.message import Message
from blogsite.outgoing.models.round import Round
from blogsite.outgoing.models.worker import Worker

__all__ = ["Job", "Message", "Round", "Worker"]
