"""Whether staff must have a second step, and whether somebody who must has none."""

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from accounts.models import AccountSettings, User


def second_steps_of(user: User) -> QuerySet[Authenticator]:
    """Passkeys and apps; recovery codes only stand in for them."""
    return Authenticator.objects.filter(user=user).exclude(type=Authenticator.Type.RECOVERY_CODES)


def is_missing(user: User) -> bool:
    """Whether `user` may do nothing at the desk until they have set up a second step.

    Asked several times while one page is made, so the answer stays with the user of the request.
    """
    if not user.is_active or not user.is_staff:
        return False
    if not hasattr(user, "_second_step_is_missing"):
        user._second_step_is_missing = (
            AccountSettings.load().staff_needs_second_step and not second_steps_of(user).exists()
        )
    return user._second_step_is_missing


def without_missing(people: QuerySet[User]) -> QuerySet[User]:
    """`people` less those who may do nothing at the desk for want of a second step."""
    if not AccountSettings.load().staff_needs_second_step:
        return people
    steps = Authenticator.objects.filter(user=OuterRef("pk"))
    has_one = Exists(steps.exclude(type=Authenticator.Type.RECOVERY_CODES))
    return people.filter(Q(is_staff=False) | has_one)


def is_last_of_staff(authenticator: Authenticator) -> bool:
    """Whether its owner must have a second step and would be left without one."""
    user = authenticator.user
    if not user.is_staff or not AccountSettings.load().staff_needs_second_step:
        return False
    return not second_steps_of(user).exclude(pk=authenticator.pk).exists()


def way_to_set_up(request) -> str:
    """Where staff who must have a second step set it up; empty for everybody else."""
    return reverse("mfa_index") if is_missing(request.user) else ""
