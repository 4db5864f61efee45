"""Trusting and banning people."""

from django.db import transaction

from blogsite.audit import recording
from comments import authors, moderation, reasons
from comments.models import Comment, Standing, Status


def trust(person: authors.Person, by) -> Standing:
    """What this person writes from now on appears at once, unless a rule catches it."""
    return set_verdict(person, Standing.Verdict.TRUSTED, by)


def ban(person: authors.Person, comments, by) -> tuple[Standing, moderation.Deed]:
    """What this person writes from now on is spam, and so are those of `comments` that wait.

    The standing, and what came of those. In several transactions, as `decide_about_all` has it:
    the ban stands first, so a flood that goes on meanwhile adds nothing.
    """
    standing = set_verdict(person, Standing.Verdict.BANNED, by)
    waiting = comments.filter(status=Status.PENDING)
    deed = moderation.decide_about_all(waiting, Status.SPAM, by, reason=reasons.BANNED)
    return standing, deed


@transaction.atomic
def set_verdict(person: authors.Person, verdict: Standing.Verdict, by) -> Standing:
    of, value = person
    standing, _created = Standing.objects.update_or_create(
        of=of, value=value, defaults={"verdict": verdict, "by": by}
    )
    log(standing, verdict.value, by)
    return standing


@transaction.atomic
def lift(standing: Standing, by) -> None:
    """Neither trusted nor banned any longer."""
    log(standing, "lifted", by)
    standing.delete()


def log(standing: Standing, what: str, by) -> None:
    recording.record(f"comments.person_{what}", standing, actor=by, of=str(standing.of))


def of_author(comment: Comment, where: bool = False) -> tuple[authors.Person | None, object]:
    """Whom a word on the author of `comment` is about, and all comments by the same.

    With `where`, whoever writes from the network address that the comment came from.
    """
    if where:
        same = Comment.objects.filter(address_key=comment.address_key).exclude(address_key="")
        known = (Standing.Of.ADDRESS.value, comment.address_key)
        return (known if comment.address_key else None), same
    return authors.person_of(comment), Comment.objects.filter(authors.by_same_author(comment))
