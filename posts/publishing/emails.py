"""The mails about drafts on their way to readers, one function each.

Each queues one mail a person, in the current transaction.
"""

from django.conf import settings
from django.contrib.auth.backends import ModelBackend
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from accounts.emails import tidy
from accounts.models import User
from blogsite import naming
from blogsite.outgoing import addresses, mail
from posts import access
from posts.models import PlannedEdit, Post, Review
from posts.publishing import zones

TITLE_LENGTH = 80  # characters of a title in a subject


def submitted(review: Review) -> None:
    """Ask those who may publish to look at a draft."""
    people = ModelBackend().with_perm(access.PUBLISH).exclude(pk=review.by_id)
    for person in people.order_by("pk"):
        if person.is_staff:
            send(review_cause(review, person), person, "submitted", review.post, review=review)


def approved(review: Review) -> None:
    for person in authors_but(review.post, review.by):
        send(review_cause(review, person), person, "approved", review.post, review=review)


def sent_back(review: Review) -> None:
    for person in authors_but(review.post, review.by):
        send(review_cause(review, person), person, "sent_back", review.post, review=review)


def published(post: Post, event_id: int, by: User | None) -> None:
    """Tell its authors that somebody else published or scheduled a post that nobody submitted."""
    for person in authors_but(post, by):
        send(f"published:{event_id}:{person.pk}", person, "published", post, by=by)


def held_up(edit: PlannedEdit) -> None:
    """Tell who prepared a new version that it could not go live."""
    if edit.made_by:
        cause = f"held_up:{edit.pk}:{edit.due_at:%Y%m%d%H%M%S}"
        send(cause, edit.made_by, "held_up", edit.post, edit=edit)


def authors_but(post: Post, by: User | None) -> list[User]:
    return [person for person in post.author_list if person != by]


def review_cause(review: Review, person: User) -> str:
    return f"review:{review.pk}:{person.pk}"


def subject_of(template: str, title: str) -> str:
    subjects = {
        "submitted": _("For review: “%(title)s”"),
        "approved": _("Approved: “%(title)s”"),
        "sent_back": _("Sent back: “%(title)s”"),
        "published": _("Published: “%(title)s”"),
        "held_up": _("The scheduled edit of “%(title)s” waits for you"),
    }
    return subjects[template] % {"title": title}


def send(cause: str, person: User, template: str, post: Post, **context) -> None:
    """Queue one mail in the site's language; nothing for who has no e-mail or is inactive."""
    if not (person.is_active and has_mailbox(person)):
        return
    with translation.override(settings.LANGUAGE_CODE):
        name = addresses.one_line(naming.site_name())[:100]
        title = addresses.one_line(str(post))[:TITLE_LENGTH]
        date = post.published_at
        context |= {
            "post": post,
            "title": title,
            "moment": zones.said(date, zones.zone_of(person)) if date else "",
            "desk_link": settings.SITE_URL + reverse("admin:posts_post_change", args=[post.pk]),
            "site_name": name,
            "site_url": settings.SITE_URL,
            "language": settings.LANGUAGE_CODE,
            "is_rtl": translation.get_language_bidi(),
        }
        mail.queue(
            cause,
            person.email,
            subject_of(template, title),
            tidy(render_to_string(f"posts/mail/{template}.txt", context)),
            render_to_string(f"posts/mail/{template}.html", context),
            headers_about(post),
            sender_name=name,
        )


def has_mailbox(person: User) -> bool:
    try:
        return bool(person.email) and bool(addresses.checked(person.email))
    except ValueError:  # stored before there was a check
        return False


def headers_about(post: Post) -> dict[str, str]:
    """No person wrote it; a folder for all of them, and a thread for each post."""
    host = addresses.ascii_domain(settings.SITE_HOST).strip("[]")
    thread = f"<draft-{post.pk}@{host}>"
    return {
        "Auto-Submitted": "auto-generated",
        "List-Id": f"<desk.{host}>",
        "In-Reply-To": thread,
        "References": thread,
    }
