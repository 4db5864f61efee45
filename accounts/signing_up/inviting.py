"""Invitations: a mail to somebody who may make an account, whoever else may."""

from accounts import emails
from accounts.models import Invitation
from accounts.signing_up import links
from blogsite.outgoing.jobs import job


def send(invitation: Invitation) -> None:
    """Have the worker mail the link, once more if it went out before."""
    answer.enqueue(invitation.pk)


@job(takes_context=True)
def answer(context, invitation_id: int) -> None:
    """Mail the link, unless the invitation was withdrawn or accepted meanwhile."""
    invitation = Invitation.objects.filter(pk=invitation_id, accepted_at=None).first()
    if invitation:
        link = links.link(invitation.email, is_invitation=True)
        emails.invitation(f"invitation:{context.task_result.id}", invitation, link)
