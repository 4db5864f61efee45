"""Django's own way of sending mail, such as for a password reset, by way of our queue."""

import uuid
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction

from blogsite.outgoing import mail


class QueueingBackend(BaseEmailBackend):
    """Queues each mail once for each of its recipients."""

    def send_messages(self, email_messages) -> int:
        with transaction.atomic():
            for message in email_messages:
                for address in message.recipients():
                    queue(message, address)
        return len(email_messages)


def queue(message: EmailMessage, address: str) -> None:
    if message.attachments:
        raise ValueError("Mail with attachments is not sent by this site.")
    html = [part[0] for part in getattr(message, "alternatives", []) if part[1] == "text/html"]
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if message.reply_to:
        headers["Reply-To"] = ", ".join(message.reply_to)
    mail.queue(
        f"django:{uuid.uuid4().hex}",
        parseaddr(address)[1],
        message.subject,
        message.body,
        html[0] if html else "",
        headers,
        sender_name=parseaddr(message.from_email)[0],
    )
