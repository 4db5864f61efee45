"""Who wishes to hear of new comments: how that begins, rests and ends.

See docs/comment-mail.md for the rules.
"""

from datetime import timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import User
from blogsite.outgoing import mail
from blogsite.outgoing.models import Message
from comments.mail import emails
from comments.models import Address, Comment, Notice, Subscription
from posts.models import Post

# Anybody may type anybody's e-mail into a form, so the question itself must never become a flood.
ASK_AGAIN_AFTER = timedelta(days=1)
MOST_QUESTIONS = 3
# An address that never answered is somebody's who wants nothing of us; nor do we want to keep it.
UNANSWERED_FOR = timedelta(days=90)


def subscribe(
    email: str, post: Post, thread: Comment | None = None, member: User | None = None
) -> None:
    """Keep the wish to hear of what is new under `post`, or only in the thread of `thread`.

    A member's own e-mail is taken, whatever was typed; that it is theirs is known already, so the
    wish counts at once. A guest is sent nothing now: the question whether mail may come goes out
    when a comment by this address is approved. Called in the transaction that stores the comment.
    """
    email = ((member.email if member else email) or "").strip()
    address = Address.objects.remember([email]).first()
    if address is None:
        return
    root = thread and (thread.thread_id or thread.pk)
    wish = Subscription(address=address, post=post, thread_id=root)
    Subscription.objects.bulk_create([wish], ignore_conflicts=True)
    if member:
        believe(address)


def ask_author(comment: Comment) -> None:
    """Ask whoever wrote `comment` whether mail may come, if they wished for any."""
    address = (
        Address.objects.of_emails([comment.author_email])
        .filter(Exists(Subscription.objects.filter(address=OuterRef("pk"))))
        .first()
    )
    if address and comment.member_id:
        believe(address)
    elif address:
        ask(address)


def believe(address: Address) -> None:
    """A member's wish needs no mail to confirm it. Whoever said stop goes on getting none."""
    Address.objects.filter(pk=address.pk, confirmed_at=None).update(confirmed_at=timezone.now())


@transaction.atomic
def ask(address: Address) -> None:
    """Ask whether mail may come, unless that was answered, or asked too lately or too often."""
    now = timezone.now()
    never_or_long_ago = Q(asked_at=None) | Q(asked_at__lte=now - ASK_AGAIN_AFTER)
    due = Address.objects.filter(
        never_or_long_ago,
        pk=address.pk,
        confirmed_at=None,
        stopped_at=None,
        asked_count__lt=MOST_QUESTIONS,
    )
    if due.update(asked_at=now, asked_count=F("asked_count") + 1):
        address.refresh_from_db()
        emails.ask(address)


def subscribed(address, post, root) -> Q:
    """The condition that `address` is to hear of a comment in the thread `root` of `post`.

    Each is a value or a reference to one. The thread alone decides where there is a wish about
    it: whoever muted a thread does not hear of it by way of the whole post.
    """
    here = Subscription.objects.filter(address=address, post=post)
    in_thread = here.filter(thread=root)
    whole_post = here.filter(thread=None)
    return Exists(in_thread.filter(muted_at=None)) | (
        Exists(whole_post.filter(muted_at=None)) & ~Exists(in_thread)
    )


def hearers(comment: Comment) -> QuerySet[Address]:
    """Who is to hear of the new `comment`: everyone who said so, but not its author."""
    root = comment.thread_id or comment.pk
    here = Subscription.objects.filter(post=comment.post_id)
    return (
        Address.objects.willing()
        .filter(pk__in=here.values("address"))
        .filter(subscribed(OuterRef("pk"), comment.post_id, root))
        .exclude(pk__in=Address.objects.of_emails([comment.author_email]).values("pk"))
    )


def still_wanted(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """Those of `notices` whose person still wishes to hear of the comment."""
    wish = subscribed(OuterRef("address"), OuterRef("comment__post"), OuterRef("root"))
    roots = notices.alias(root=Coalesce("comment__thread", "comment"))
    return roots.filter(wish, address__stopped_at=None)


# --- What the person says ---------------------------------------------------------


@transaction.atomic
def confirm(address: Address) -> None:
    """Yes, mail may come. Said again, it changes nothing; said after a stop, it counts."""
    now = timezone.now()
    Address.objects.filter(pk=address.pk).update(
        confirmed_at=Coalesce("confirmed_at", now), stopped_at=None
    )


@transaction.atomic
def stop_everything(address: Address) -> None:
    """No mail about comments at all; the wishes stay, for a change of mind."""
    now = timezone.now()
    Address.objects.filter(pk=address.pk).update(stopped_at=Coalesce("stopped_at", now))
    forget_unwanted(address)


def set_waiting_mail(address: Address, wanted: bool) -> None:
    """Whether a moderator hears of waiting comments by mail."""
    stopped_at = None if wanted else timezone.now()
    Address.objects.filter(pk=address.pk).update(waiting_stopped_at=stopped_at)


@transaction.atomic
def end(subscription: Subscription) -> None:
    """End a wish for good; with the one for a whole post those for its threads as well.

    Whoever has enough of a post would not understand why mail about it goes on.
    """
    one = Q() if subscription.thread_id is None else Q(pk=subscription.pk)
    address = subscription.address
    address.subscriptions.filter(one, post=subscription.post_id).delete()
    forget_unwanted(address)


@transaction.atomic
def mute(subscription: Subscription) -> None:
    """No mail for now. What comes meanwhile is not made up for later."""
    Subscription.objects.filter(pk=subscription.pk, muted_at=None).update(muted_at=timezone.now())
    forget_unwanted(subscription.address)


def unmute(subscription: Subscription) -> None:
    Subscription.objects.filter(pk=subscription.pk).update(muted_at=None)


def forget_unwanted(address: Address) -> None:
    """Drop what is not wished for any more and waits, for a digest or for the mail server."""
    mine = Notice.objects.filter(address=address, kind=Notice.Kind.ANSWER)
    waiting = mine.filter(sent_at=None)
    waiting.filter(pk__in=unwanted(waiting)).delete()
    queued = queued_mails(address)
    for notice_id in unwanted(mine.filter(pk__in=queued)):
        mail.cancel(queued[notice_id])


def unwanted(notices: QuerySet[Notice]) -> set[int]:
    keys = notices.values_list("pk", flat=True)
    return set(keys) - set(still_wanted(keys))


def queued_mails(address: Address) -> dict[int, Message]:
    """The mails about single comments that wait for the mail server, by the key of their notice."""
    prefix = emails.answer_cause("")
    queued = Message.objects.filter(
        state=Message.State.QUEUED, to=address.email, cause__startswith=prefix
    )
    return {int(message.cause.removeprefix(prefix)): message for message in queued}


def forget_unanswered() -> int:
    """Delete the addresses that never answered, with their wishes; how many there were.

    Not those who said stop: forgotten, they would be asked again. Nor moderators, who are told
    of waiting comments without being asked.
    """
    long_ago = timezone.now() - UNANSWERED_FOR
    unanswered = Address.objects.filter(
        Q(asked_at=None) | Q(asked_at__lt=long_ago),
        created_at__lt=long_ago,
        confirmed_at=None,
        stopped_at=None,
        waiting_stopped_at=None,
    ).exclude(notices__kind=Notice.Kind.WAITING)
    count = unanswered.count()
    unanswered.delete()
    return count
