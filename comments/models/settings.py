"""What an editor may change about comments."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from blogsite.pagecache import remembered
from comments.networks import validate_networks
from posts.models import SiteSettings


class CommentSettings(models.Model):
    """A part of the site's settings; one row."""

    class Policy(models.TextChoices):
        HELD = "held", _("Every comment waits for a moderator")
        FIRST = "first", _("The first comment of each person waits")
        OPEN = "open", _("Comments appear at once")
        MEMBERS = "members", _("Only members may comment")

    class Order(models.TextChoices):
        OLDEST = "oldest", _("Oldest first")
        NEWEST = "newest", _("Newest first")

    site = models.OneToOneField(
        SiteSettings, on_delete=models.CASCADE, primary_key=True, related_name="comment_settings"
    )
    policy = models.CharField(
        _("policy"),
        max_length=10,
        choices=Policy.choices,
        default=Policy.FIRST,
        help_text=_("What looks like spam waits in any case."),
    )
    order = models.CharField(_("order"), max_length=10, choices=Order.choices, default=Order.OLDEST)
    closing_days = models.PositiveIntegerField(
        _("closed after"),
        default=0,
        validators=[MaxValueValidator(36_500)],
        help_text=_("Days after publication when a post takes no more comments; 0 for never."),
    )
    max_links = models.PositiveSmallIntegerField(
        _("most links"),
        default=3,
        help_text=_("A comment with more links waits for a moderator."),
    )
    blocked_words = models.TextField(
        _("blocked words"),
        blank=True,
        help_text=_("One word or phrase a line. A comment that holds one is put with the spam."),
    )
    blocked_addresses = models.TextField(
        _("blocked e-mails and sites"),
        blank=True,
        help_text=_("One a line: an e-mail, or a domain for all e-mails and links there."),
    )
    blocked_networks = models.TextField(
        _("blocked networks"),
        blank=True,
        validators=[validate_networks],
        help_text=_("One a line, such as 192.0.2.7, 198.51.100.0/24 or 2001:db8::/32."),
    )
    # Above the first number comments wait, above the second they are refused. The second leaves
    # room for a lecture hall behind one address; what a flood leaves in the queue is one filter
    # and one action to clear.
    rate_held = models.PositiveSmallIntegerField(
        _("wait above"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Comments in ten minutes from one address; further ones wait."),
    )
    rate_refused = models.PositiveSmallIntegerField(
        _("refuse above"),
        default=250,
        validators=[MinValueValidator(1)],
        help_text=_(
            "Comments in an hour from one address; further ones are refused. Its network may "
            "send twice as many."
        ),
    )
    keep_addresses_days = models.PositiveSmallIntegerField(
        _("forget addresses after"),
        default=30,
        validators=[MinValueValidator(1), MaxValueValidator(365)],
        help_text=_("Days. Only a keyed hash of a network address is kept, and only so long."),
    )
    mails_an_hour = models.PositiveSmallIntegerField(
        _("mails an hour"),
        default=5,
        validators=[MinValueValidator(1)],
        help_text=_("Reply notices to one person; further ones come together in one mail."),
    )
    mails_a_day = models.PositiveSmallIntegerField(
        _("mails a day"),
        default=20,
        validators=[MinValueValidator(1)],
        help_text=_("To one person at most; the rest waits for tomorrow."),
    )
    moderator_mails_an_hour = models.PositiveSmallIntegerField(
        _("mails to a moderator an hour"),
        default=60,
        validators=[MinValueValidator(1)],
        help_text=_("About waiting comments; further ones come together in one mail."),
    )
    akismet_key = models.CharField(
        _("Akismet key"),
        max_length=100,
        blank=True,
        help_text=_(
            "Empty for none. With a key, comments and their network addresses are sent to Akismet."
        ),
    )

    class Meta:
        verbose_name = _("comments")
        verbose_name_plural = _("comments")

    def __str__(self):
        return str(_("Comments"))

    @classmethod
    def load(cls) -> "CommentSettings":
        """The saved settings, or the defaults on a site that never saved any."""
        return stored_settings()


@remembered
def stored_settings() -> CommentSettings:
    return CommentSettings.objects.filter(pk=1).first() or CommentSettings(pk=1)
