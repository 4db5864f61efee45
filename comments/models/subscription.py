"""Who gets mail about answers, and what was sent to them."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from blogsite.outgoing import addresses
from comments.models.comment import Comment
from posts.models import Post


def can_get_mail(email: str) -> bool:
    try:
        addresses.checked(email)
    except ValueError:
        return False
    return True


class AddressQuerySet(models.QuerySet):
    def of_emails(self, emails):
        """The rows of these e-mails, however they are spelt."""
        return self.alias(lower=Lower("email")).filter(lower__in=[e.lower() for e in emails])

    def remember(self, emails):
        """The rows of these e-mails, made where there were none; none for what is no e-mail."""
        emails = [email.lower() for email in emails if can_get_mail(email)]
        # No look before: two may bring the same e-mail at once.
        self.bulk_create([Address(email=email) for email in emails], ignore_conflicts=True)
        return self.of_emails(emails)

    def willing(self):
        """Those who said yes, and did not say stop."""
        return self.filter(stopped_at=None).exclude(confirmed_at=None)


class Address(models.Model):
    """Somebody's e-mail, and whether they said that mail may come."""

    email = models.EmailField(_("e-mail"))  # in lower case
    # Nothing but the question whether mail may come is ever sent before this.
    confirmed_at = models.DateTimeField(_("confirmed at"), null=True)
    asked_at = models.DateTimeField(_("asked at"), null=True)
    asked_count = models.PositiveSmallIntegerField(_("asked"), default=0)
    # Set by "no mail at all"; only the person's own wish clears it.
    stopped_at = models.DateTimeField(_("stopped at"), null=True)
    # The same for a moderator's mail about waiting comments, and for nothing else.
    waiting_stopped_at = models.DateTimeField(_("moderators' mail stopped at"), null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AddressQuerySet.as_manager()

    class Meta:
        verbose_name = _("address")
        verbose_name_plural = _("addresses")
        constraints = [models.UniqueConstraint(Lower("email"), name="address_once_any_case")]

    def __str__(self):
        return self.email


class Subscription(models.Model):
    """A wish to hear of new comments: in one thread, or under a whole post."""

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="subscriptions")
    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="subscriptions")
    # The first comment of the thread; null for the whole post.
    thread = models.ForeignKey(
        Comment, on_delete=models.CASCADE, null=True, related_name="subscriptions"
    )
    # No mail while this is set; the subscription itself stays.
    muted_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("subscription")
        verbose_name_plural = _("subscriptions")
        # A partial unique index does not help SQLite to find the wishes of one person.
        indexes = [models.Index("address", "post", "thread", name="subscription_of_address")]
        constraints = [
            models.UniqueConstraint(
                "address", "thread", condition=~Q(thread=None), name="subscription_to_thread_once"
            ),
            models.UniqueConstraint(
                "address", "post", condition=Q(thread=None), name="subscription_to_post_once"
            ),
        ]

    def __str__(self):
        return f"{self.address}: {self.thread or self.post}"


class Notice(models.Model):
    """That one person is to hear, or has heard, of one comment."""

    class Kind(models.TextChoices):
        ANSWER = "answer", _("new comment")  # to a subscriber
        WAITING = "waiting", _("waiting comment")  # to a moderator

    address = models.ForeignKey(Address, on_delete=models.CASCADE, related_name="notices")
    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    created_at = models.DateTimeField(default=timezone.now)
    # Null while it waits for a digest; the same moment for all that went in one mail, and for
    # nothing else to this address, so that moments count mails.
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [models.UniqueConstraint("address", "comment", "kind", name="notice_once")]
        indexes = [
            models.Index("address", "sent_at", name="notice_by_address"),
            models.Index(
                "kind", "address", "comment", condition=Q(sent_at=None), name="notice_unsent"
            ),
        ]

    def __str__(self):
        return f"{self.address}: {self.comment_id}"
