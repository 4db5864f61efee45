"""What becomes of the comments of somebody who leaves, and of what else is known of them here."""

from django.conf import settings
from django.db.models import QuerySet
from django.dispatch import receiver
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.leaving import person_leaves
from accounts.models import User
from blogsite.audit.forgetting import forget_names
from comments import forgetting, reasons, searching
from comments.mail import notices
from comments.models import Address, Comment, Discussion, Standing, Status
from comments.moderation import portions


@receiver(person_leaves)
def let_go(sender, user, leaving, **kwargs):
    mine = Comment.objects.filter(member=user)
    posts = set(mine.values_list("post_id", flat=True))
    keys = list(mine.values_list("pk", flat=True))
    for some in portions(keys):
        forget_records(some)
    if leaving == User.Leaving.REMOVE:
        remove(mine)
    else:
        anonymise(mine)
    searching.keep_in_step(keys)
    Discussion.refresh(posts)
    forget_person(user)


def anonymise(comments: QuerySet[Comment]) -> None:
    """Leave the words, and nothing that says whose they are."""
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Somebody who left")
    comments.update(
        name=name,
        member=None,
        email="",
        site="",
        address_key="",
        network_key="",
        submission_key=None,
    )


def remove(comments: QuerySet[Comment]) -> None:
    """Delete them; one that somebody else answered stays as an empty place above the answers.

    What the filter learnt of them stays learnt: it holds no words, and the next spam is no other.
    """
    notices.comments_hidden(comments.filter(status=Status.APPROVED))
    # Deleting an answer may leave the comment above it without any, so until nothing is found.
    while unanswered := forgetting.some_keys(comments.exclude(forgetting.has_answers())):
        Comment.objects.filter(pk__in=unanswered).delete()
    comments.update(**forgetting.EMPTIED | {"status": Status.REMOVED, "reason": reasons.AUTHOR})


def forget_records(keys: list[int]) -> None:
    """Histories and the audit log quote names and first words of comments."""
    forgetting.forget_history(keys)
    forget_names(Comment._meta.label_lower, keys)


def forget_person(user: User) -> None:
    """A ban of their e-mail stays: leaving and coming back must not end it."""
    Standing.objects.filter(of=Standing.Of.MEMBER, value=str(user.pk)).delete()
    if user.email:
        email = Standing.objects.filter(of=Standing.Of.EMAIL, value=user.email.lower())
        email.filter(verdict=Standing.Verdict.TRUSTED).delete()
        Address.objects.of_emails([user.email]).delete()
