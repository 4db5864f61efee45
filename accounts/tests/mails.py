"""The mails about accounts, as tests read them."""

import re

from django.conf import settings

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle


def mails(to: str = "") -> list[Message]:
    """What was queued, in order; to one person only, if named. Jobs that wait are done first."""
    run_jobs()
    found = Message.objects.order_by("pk")
    return list(found.filter(to=to) if to else found)


def run_jobs() -> None:
    """Do what waits, but send no mail: its words would be gone."""
    run_until_idle(queues=["default"])


def link_in(message: Message) -> str:
    """The path of the first link to a page of accounts in the text."""
    return re.search(rf"{re.escape(settings.SITE_URL)}(/account/\S+)", message.text)[1]
