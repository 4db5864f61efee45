"""What the record calls turning the switch."""

from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

verbs.describe(
    "site",
    _("The site"),
    {
        "site.locked": _("%(who)s made the site read-only"),
        "site.opened": _("%(who)s opened the site for writing again"),
    },
)
