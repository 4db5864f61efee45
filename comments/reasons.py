"""Why a comment has its status, as a word to store and a sentence to show."""

from django.utils.translation import gettext_lazy as _

# Held, and why.
ALL_HELD = "all_held"
FIRST_COMMENT = "first_comment"
MANY_LINKS = "many_links"
MANY_COMMENTS = "many_comments"
SENT_TOO_FAST = "sent_too_fast"
LOOKS_LIKE_SPAM = "looks_like_spam"
AKISMET_SILENT = "akismet_silent"
LINK_UNDER_OLD_POST = "link_under_old_post"
EDITED = "edited"
HELD_BY_HAND = "held_by_hand"
# Spam, and why.
HONEYPOT = "honeypot"
BLOCKED_WORD = "blocked_word"
BLOCKED_ADDRESS = "blocked_address"
BLOCKED_NETWORK = "blocked_network"
BANNED = "banned"
AKISMET = "akismet"
# Approved, and why.
KNOWN_PERSON = "known_person"
TRUSTED = "trusted"
STAFF = "staff"
MEMBER = "member"
OPEN = "open"
# A person decided.
MODERATOR = "moderator"
AUTHOR = "author"

SENTENCES = {
    ALL_HELD: _("Every comment waits for a moderator."),
    FIRST_COMMENT: _("The first comment of this person."),
    MANY_LINKS: _("Many links."),
    MANY_COMMENTS: _("Many comments from this network address in a short time."),
    SENT_TOO_FAST: _("Sent faster than anyone types."),
    LOOKS_LIKE_SPAM: _("Looks like spam to the filter."),
    AKISMET_SILENT: _("Akismet did not answer."),
    LINK_UNDER_OLD_POST: _("A first comment with a link, under an old post."),
    EDITED: _("Its author changed it."),
    HELD_BY_HAND: _("A moderator wants to think about it."),
    HONEYPOT: _("A field that only machines see was filled in."),
    BLOCKED_WORD: _("A blocked word."),
    BLOCKED_ADDRESS: _("A blocked e-mail or site."),
    BLOCKED_NETWORK: _("A blocked network."),
    BANNED: _("This person is banned."),
    AKISMET: _("Akismet calls it spam."),
    KNOWN_PERSON: _("An earlier comment of this person was approved."),
    TRUSTED: _("This person is trusted."),
    STAFF: _("By somebody who works on the site."),
    MEMBER: _("By a member."),
    OPEN: _("Comments appear at once."),
    MODERATOR: _("A moderator decided."),
    AUTHOR: _("Its author removed it."),
}
