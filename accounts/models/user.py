import unicodedata

from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.core.validators import MaxLengthValidator
from django.db import models, transaction
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.managers import UserManager
from accounts.signals import handle_changed
from blogsite.numbering import first_free
from blogsite.stored import stored_value

HANDLE_MAX_LENGTH = 60


class User(AbstractBaseUser, PermissionsMixin):
    """A person: reader, author, editor or administrator.

    Signs in by e-mail. An author who came with an import may have no e-mail; then nobody can
    sign in as that author until an administrator sets one.
    """

    email = models.EmailField(
        _("e-mail"),
        unique=True,
        null=True,
        blank=True,
        error_messages={"unique": _("Somebody already uses this e-mail.")},
        help_text=_("For signing in. Never shown to readers."),
    )
    handle = models.SlugField(
        _("handle"),
        max_length=HANDLE_MAX_LENGTH,
        unique=True,
        allow_unicode=True,
        blank=True,
        help_text=_("Part of the author page's address. Left empty, it is made from the name."),
    )
    display_name = models.CharField(_("display name"), max_length=120, blank=True)
    bio = models.TextField(
        _("bio"),
        blank=True,
        validators=[MaxLengthValidator(1000)],
        help_text=_("A sentence or two in Markdown, shown under posts and on the author page."),
    )
    links = models.TextField(
        _("links"),
        blank=True,
        validators=[MaxLengthValidator(2000)],
        help_text=_("One address a line: a site of your own, a profile elsewhere."),
    )
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(
        _("staff"), default=False, help_text=_("May sign in to the admin.")
    )
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)
    picture = models.ImageField(_("picture"), upload_to="people", blank=True)
    # A name of the IANA database, such as Europe/Berlin. Public pages are in UTC; this is for
    # the pages of one's own account, and for the moments that one sets at the desk.
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True)
    # The password that `prepare` made and printed; until it is changed, whoever saw that line
    # can sign in.
    has_first_password = models.BooleanField(default=False, editable=False)

    class Leaving(models.TextChoices):
        """What becomes of somebody's comments with the account."""

        ANONYMISE = "anonymise", _("keep them without my name")
        REMOVE = "remove", _("remove them")

    leaves_at = models.DateTimeField(_("leaves at"), null=True, blank=True, editable=False)
    leaving = models.CharField(max_length=10, choices=Leaving.choices, blank=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["display_name", "handle"]
        permissions = [("give_role", _("Can give roles that give no more than one's own"))]
        indexes = [
            models.Index("display_name", "handle", "email", name="user_names"),
            models.Index(
                "display_name", "handle", condition=models.Q(is_staff=True), name="user_staff"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique_any_case",
                violation_error_message=_("Somebody already uses this e-mail."),
            ),
        ]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, update_fields=None, **kwargs):
        self.email = self.email or None
        if not self.handle:
            self.handle = free_handle(self.display_name or (self.email or "").partition("@")[0])
        writes_handle = update_fields is None or "handle" in update_fields
        old_handle = stored_value(self, "handle") if writes_handle else None
        super().save(*args, update_fields=update_fields, **kwargs)
        if old_handle and old_handle != self.handle:
            handle_changed.send(type(self), user=self, old_handle=old_handle)

    def set_password(self, raw_password):
        """Whoever sets one, at whichever place, is done with the first."""
        super().set_password(raw_password)
        self.has_first_password = False

    def check_password(self, raw_password):
        """Django sets the same password again when its hash is to be made anew."""
        is_first = self.has_first_password
        is_right = super().check_password(raw_password)
        self.has_first_password = is_first
        return is_right

    @property
    def name(self) -> str:
        """How readers see this person."""
        return self.display_name or self.handle

    @property
    def link_list(self) -> list[str]:
        """The http(s) addresses in `links`, in the order given."""
        lines = (line.strip() for line in self.links.splitlines())
        return [line for line in lines if line.startswith(("https://", "http://"))]

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name

    # --- What one may do --------------------------------------------------------------

    def has_perm(self, perm, obj=None) -> bool:
        """As Django's; nothing at all for staff who lack a second step that they must have."""
        return not self.lacks_second_step and super().has_perm(perm, obj)

    def has_module_perms(self, app_label) -> bool:
        return not self.lacks_second_step and super().has_module_perms(app_label)

    @property
    def lacks_second_step(self) -> bool:
        from accounts.second_step import demand  # it knows this model

        return demand.is_missing(self)


def free_handle(name: str) -> str:
    """A handle made from `name` that nobody has yet: `ada-lovelace`, `ada-lovelace-2`."""
    plain = unicodedata.normalize("NFKC", name)
    base = slugify(plain, allow_unicode=True)[: HANDLE_MAX_LENGTH - 6].strip("-") or "author"
    return first_free(base, lambda handle: not User.objects.filter(handle__iexact=handle).exists())
