"""Deciding about one comment by a link in a moderator's mail."""

from http import HTTPStatus

from django.db import transaction
from django.utils.translation import gettext as _

from comments import moderation
from comments.mail import links
from comments.mail.emails import Told
from comments.mail.waiting import histories, last_decisions, moderators
from comments.models import Comment, Decision, Status
from comments.views.letters import LetterPage


class DecidePage(LetterPage):
    """The comment and the decision of the link, and the two others.

    The link works once, and only while all is as it was when the mail was written; see
    docs/comment-mail.md.
    """

    def get(self, request, token):
        decide = links.read_decide(token)
        moderator = moderators().filter(pk=decide.moderator_id).first()
        comment = Comment.objects.filter(pk=decide.comment_id).first()
        if moderator is None or comment is None or why_dead(decide, comment, moderator):
            return self.dead(decide, comment, moderator)
        told = Told(comment, histories([comment])[comment.pk])
        return self.answer("comments/decide.html", told=told, choices=choices(decide.status))

    def post(self, request, token):
        decide = links.read_decide(token)
        status = request.POST.get("decision", decide.status)
        if status not in links.DECISIONS:
            status = decide.status
        with transaction.atomic():
            moderator = moderators().filter(pk=decide.moderator_id).first()
            # Locked: two links pressed at once make one decision.
            comment = next(iter(moderation.locked([Comment(pk=decide.comment_id)])), None)
            if moderator is None or comment is None or why_dead(decide, comment, moderator):
                return self.dead(decide, comment, moderator)
            moderation.decide([comment], Status(status), by=moderator, via=Decision.Via.MAIL)
        comment.refresh_from_db()
        return self.answer("comments/decided.html", comment=comment)

    def dead(self, decide, comment, moderator):
        """Says why the link no longer works; of the comment only to who may still see it."""
        why = why_dead(decide, comment, moderator) if comment and moderator else ""
        return self.answer("comments/decide_dead.html", HTTPStatus.GONE, why=why)


def choices(first: str) -> list[Status]:
    """What can be decided, the decision of the link first."""
    return sorted(links.DECISIONS, key=lambda status: status != first)


def why_dead(decide: links.Decide, comment: Comment, moderator) -> str:
    """Why the link no longer works, or ''."""
    if comment.status != Status.PENDING:
        return _("Somebody has decided already. The comment is now: %(status)s.") % {
            "status": comment.get_status_display().lower()
        }
    last = last_decisions([comment]).get(comment.pk, 0)
    if decide.state != links.state_of(comment, moderator, last):
        return _("The comment has changed since the mail was written.")
    return ""
