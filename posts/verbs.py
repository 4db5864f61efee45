"""What the record calls things that people do with texts, pictures and the site."""

from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

OF_TEXTS = {
    "published": _("%(who)s published %(what)s"),
    "scheduled": _("%(who)s set a date for %(what)s"),
    "unpublished": _("%(who)s took %(what)s back from readers"),
    "submitted": _("%(who)s asked for a review of %(what)s"),
    "sent_back": _("%(who)s sent %(what)s back to its author"),
    "trashed": _("%(who)s moved %(what)s to the trash"),
    "restored": _("%(who)s restored %(what)s from the trash"),
    "purged": _("%(who)s removed %(what)s for good"),
}

verbs.describe(
    "posts",
    _("Writing and the site"),
    {f"posts.{kind}_{done}": said for kind in ("post", "page") for done, said in OF_TEXTS.items()}
    | {
        "posts.imported": _("%(who)s imported a blog"),
        "posts.site_emptied": _("%(who)s removed all that was published"),
        "posts.orphans_removed": _("%(who)s removed picture files that nothing names"),
    },
    kinds=["post", "page", "tag", "series", "image", "redirect", "sitesettings"],
)
