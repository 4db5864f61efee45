"""What the record calls things that moderators do."""

from django.utils.translation import gettext_lazy as _

from blogsite.audit import verbs

verbs.describe(
    "comments",
    _("Comments"),
    {
        "comments.comment_approved": _("%(who)s approved %(what)s"),
        "comments.comment_spam": _("%(who)s put %(what)s with the spam"),
        "comments.comment_removed": _("%(who)s removed %(what)s"),
        "comments.comment_pending": _("%(who)s let %(what)s wait again"),
        "comments.many_approved": _("%(who)s approved several comments"),
        "comments.many_spam": _("%(who)s put several comments with the spam"),
        "comments.many_removed": _("%(who)s removed several comments"),
        "comments.many_pending": _("%(who)s let several comments wait again"),
        "comments.decision_undone": _("%(who)s took back a decision about %(what)s"),
        "comments.decisions_undone": _("%(who)s took back several decisions about comments"),
        "comments.person_trusted": _("%(who)s trusted a commenter: %(what)s"),
        "comments.person_banned": _("%(who)s banned a commenter: %(what)s"),
        "comments.person_lifted": _("%(who)s neither trusts nor bans any longer: %(what)s"),
        "comments.discussion_locked": _("%(who)s locked the discussion of %(what)s"),
        "comments.discussion_unlocked": _("%(who)s opened the discussion of %(what)s"),
        "comments.purged": _("%(who)s removed old spam and removed comments for good"),
        "comments.filter_retrained": _("%(who)s taught the spam filter anew"),
    },
    kinds=["comment", "decision", "standing", "discussion", "commentsettings"],
)
