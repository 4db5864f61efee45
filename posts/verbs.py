"""What the record calls things that people do with texts, pictures and the site."""

from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

OF_TEXTS = {
    "published": _("%(who)s published %(what)s"),
    "scheduled": _("%(who)s set a date for %(what)s"),
    "unscheduled": _("%(who)s took the date from %(what)s"),
    "given_end": _("%(who)s set an end for %(what)s"),
    "given_no_end": _("%(who)s took the end from %(what)s"),
    "expired": _("%(who)s ended %(what)s for readers"),
    "unpublished": _("%(who)s took %(what)s back from readers"),
    "submitted": _("%(who)s asked for a review of %(what)s"),
    "taken_back": _("%(who)s took %(what)s back from review"),
    "approved": _("%(who)s approved %(what)s"),
    "sent_back": _("%(who)s sent %(what)s back to its author"),
    "planned": _("%(who)s prepared a new version of %(what)s"),
    "plan_cancelled": _("%(who)s dropped the new version of %(what)s"),
    "plan_applied": _("%(who)s put the new version of %(what)s before readers"),
    "plan_held_up": _("%(who)s found %(what)s changed and held its new version back"),
    "reviewed": _("%(who)s checked that %(what)s still holds"),
    "waived": _("%(who)s let %(what)s through although the linter found something"),
    "trashed": _("%(who)s moved %(what)s to the trash"),
    "restored": _("%(who)s restored %(what)s from the trash"),
    "purged": _("%(who)s removed %(what)s for good"),
    "revision_restored": _("%(who)s brought back an earlier version of %(what)s"),
    "corrected": _("%(who)s changed what readers learn of corrections of %(what)s"),
}

verbs.describe(
    "posts",
    _("Writing and the site"),
    {f"posts.{kind}_{done}": said for kind in ("post", "page") for done, said in OF_TEXTS.items()}
    | {
        "posts.draft_link_made": _("%(who)s made a link to the draft %(what)s"),
        "posts.draft_link_revoked": _("%(who)s withdrew a link to the draft %(what)s"),
        "posts.imported": _("%(who)s imported a blog"),
        "posts.site_emptied": _("%(who)s removed all that was published"),
        "posts.image_trashed": _("%(who)s moved the picture %(what)s to the trash"),
        "posts.image_restored": _("%(who)s restored the picture %(what)s from the trash"),
        "posts.image_purged": _("%(who)s removed the picture %(what)s for good"),
        "posts.series_reordered": _("%(who)s put the parts of %(what)s in another order"),
        "posts.tag_merged": _("%(who)s merged another tag into %(what)s"),
        "posts.orphans_removed": _("%(who)s removed picture files that nothing names"),
    },
    kinds=["post", "page", "tag", "series", "image", "redirect", "sitesettings", "externallink"],
)
