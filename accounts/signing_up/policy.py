"""Who may make an account."""

from accounts.models import AccountSettings, Invitation

SignUp = AccountSettings.SignUp


def is_open() -> bool:
    """Whether everyone may; said openly, for it is no secret about anybody."""
    return AccountSettings.load().sign_up == SignUp.OPEN


def is_off() -> bool:
    return AccountSettings.load().sign_up == SignUp.OFF


def may_join(email: str) -> bool:
    """Whether whoever reads the mailbox `email` may make an account now."""
    who = AccountSettings.load().sign_up
    return who == SignUp.OPEN or (who == SignUp.INVITED and invitation_for(email) is not None)


def invitation_for(email: str) -> Invitation | None:
    """The invitation that waits for this address."""
    return Invitation.objects.filter(email=email.lower(), accepted_at=None).first()
