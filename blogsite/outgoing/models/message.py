"""A mail: what it says, to whom, and how far it got."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        # Written before the last byte leaves: from here on the server may have taken it.
        HANDING_OVER = "handing_over", _("being handed over")
        SENT = "sent", _("sent")
        FAILED = "failed", _("failed")
        # The server has it almost surely, but its answer was never read.
        UNCONFIRMED = "unconfirmed", _("unconfirmed")
        CANCELLED = "cancelled", _("not to be sent")

    # Only the mail server, or somebody at the desk, moves these on.
    FINISHED = [State.SENT, State.FAILED, State.UNCONFIRMED, State.CANCELLED]
    MAY_GO_AGAIN = [State.FAILED, State.UNCONFIRMED, State.CANCELLED]

    # Why the mail is sent, such as "answer:12:7". One cause, one mail, for ever.
    cause = models.CharField(_("cause"), max_length=200, unique=True)
    to = models.CharField(_("to"), max_length=254, blank=True)  # RFC 5321: 256 with its brackets
    sender_name = models.CharField(max_length=200, blank=True)
    subject = models.TextField(_("subject"), blank=True)
    headers = models.JSONField(_("headers"), default=dict, blank=True)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    # The same in every attempt, so that a mailbox can tell a mail that came twice.
    message_id = models.CharField("Message-ID", max_length=300)

    state = models.CharField(_("state"), max_length=12, choices=State.choices, default=State.QUEUED)
    # Also tells attempts apart: only the latest may change the state.
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    # The worker that handed over last; its notes say how far it got (see `last_byte`).
    worker = models.CharField(max_length=32, blank=True)
    last_error = models.TextField(_("last error"), blank=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    # Holds a link that lets in whoever follows it: its words are for the one it goes to alone.
    # Nobody reads them at the desk, and they are removed as soon as it is sent.
    secret = models.BooleanField(default=False)
    # When the words and the address were removed; the cause stays.
    emptied_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("mail")
        verbose_name_plural = _("mails")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index("state", "created_at", name="message_by_state"),
            models.Index("created_at", name="message_by_age"),
        ]

    def __str__(self):
        return self.subject or self.cause
