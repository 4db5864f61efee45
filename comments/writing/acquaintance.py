"""What is known of whoever writes: works here, trusted, banned, or approved before."""

from functools import reduce
from operator import or_

from django.db.models import Q

from comments.models import MODERATE, Comment, Standing


def works_here(comment: Comment) -> bool:
    """Whether it is by staff, by a moderator, or by an author of the post."""
    member = comment.member
    if member is None:
        return False
    return (
        member.is_staff
        or comment.post.bylines.filter(user=member).exists()
        or member.has_perm(MODERATE)
    )


def standings_of(comment: Comment) -> dict[str, str]:
    """What moderators said of them: verdicts by what the person is known by."""
    known_by = {
        Standing.Of.EMAIL: comment.author_email.lower(),
        Standing.Of.MEMBER: str(comment.member_id or ""),
        Standing.Of.ADDRESS: comment.address_key,
    }
    ways = [Q(of=of, value=value) for of, value in known_by.items() if value]
    if not ways:
        return {}
    return dict(Standing.objects.filter(reduce(or_, ways)).values_list("of", "verdict"))


def is_banned(standings: dict[str, str]) -> bool:
    return Standing.Verdict.BANNED in standings.values()


def is_trusted(standings: dict[str, str], proved: bool) -> bool:
    """Whether a moderator trusts them; `proved` says whether the e-mail is theirs for sure."""
    trusted = {of for of, verdict in standings.items() if verdict == Standing.Verdict.TRUSTED}
    return bool(trusted if proved else trusted - {Standing.Of.EMAIL})


def is_known(comment: Comment, own_keys: list[int]) -> bool:
    """Whether an earlier comment of the same person was approved.

    Of a guest, name and e-mail are what anybody may type. So either their browser holds the proof
    that it wrote such a comment (`own_keys`, from the signed cookie), or it came from the same
    network address lately.
    """
    earlier = Comment.objects.approved()
    if comment.pk:
        earlier = earlier.exclude(pk=comment.pk)
    if comment.member_id:
        return earlier.filter(member_id=comment.member_id).exists()
    proof = Q(pk__in=own_keys)
    if comment.address_key:
        proof |= Q(address_key=comment.address_key)
    return earlier.filter(proof, member=None, email=comment.email, name=comment.name).exists()
