"""One of everything that the desk shows, and one person of each role, for the matrix of rights."""

from datetime import UTC, datetime

from django.contrib.auth.models import Group
from django.utils import timezone

from accounts import roles
from accounts.models import AccountSettings, Invitation, User
from accounts.tests.factories import make_user
from blogsite.audit.recording import record
from blogsite.outgoing import mail
from blogsite.outgoing.models import Job, Message
from blogsite.reporting.models import Violation
from comments.models import Decision, Discussion, Standing, Status
from comments.tests.factories import make_comment
from posts import draft_links, revisions, trash
from posts.models import ExternalLink, Redirect, SiteSettings
from posts.models.external_link import digest_of
from posts.publishing import planned
from posts.revisions.snapshots import snapshot
from posts.tests.factories import (
    in_an_hour,
    make_page,
    make_post,
    make_series,
    make_tag,
)
from posts.tests.pictures import picture_bytes, store

PASSWORD = "a long enough password"
ROLE_OF = {
    "author": roles.AUTHOR,
    "other": roles.AUTHOR,  # who wrote none of what there is
    "moderator": roles.MODERATOR,
    "editor": roles.EDITOR,
    "administrator": roles.ADMINISTRATOR,
}
LONG_AGO = datetime(2020, 5, 4, tzinfo=UTC)


def make_people() -> dict[str, User]:
    """By role, those first who have none."""
    people = {"member": make_user(display_name="Member")}
    for who, role in ROLE_OF.items():
        people[who] = make_user(display_name=who.title())
        roles.give(people[who], role)
    people["superuser"] = make_user(display_name="Root", is_staff=True, is_superuser=True)
    return people


def make_rows(people) -> dict[str, dict]:
    """By model and then by state, a row of each; what somebody writes is by the author."""
    posts = make_posts(people["author"])
    comment = make_comment(posts["published"], status=Status.PENDING, name="Zqguest")
    return {
        "posts.post": posts,
        "posts.page": {
            "draft": with_earlier(make_page(published_at=None)),
            "trashed": trashed(make_page()),
        },
        "posts.draftlink": {
            state: draft_links.make(posts[state], None, days=1) for state in ("draft", "scheduled")
        },
        "posts.image": make_pictures(people["author"]),
        "posts.tag": {"": make_tag()},
        "posts.series": {"": make_series()},
        "posts.redirect": {"": Redirect.objects.create(path="/was/", to_path="/")},
        "posts.externallink": {"": broken_link("https://zq.example/")},
        "posts.sitesettings": {"": saved(SiteSettings())},
        "comments.comment": {"": comment},
        "comments.decision": {
            "": Decision.objects.create(comment=comment, via="site", was="spam", became="pending")
        },
        "comments.discussion": {"": Discussion.objects.get(post=posts["published"])},
        "comments.standing": {
            "": Standing.objects.create(of="email", value="a@b.example", verdict="banned")
        },
        "accounts.user": {who: people[who] for who in ("member", "author", "superuser")},
        "accounts.invitation": {"": Invitation.objects.create(email="new@example.org")},
        "accounts.accountsettings": {"": saved(AccountSettings())},
        "auth.group": {"": Group.objects.create(name="Proofreaders")},
        "audit.event": {"": record("accounts.signed_in", people["author"])},
        "outgoing.message": {"failed": failed_mail(), "queued": queued_mail("sample:2")},
        "outgoing.job": {"": failed_job()},
        "reporting.violation": {"": a_violation()},
    }


def make_posts(author) -> dict:
    """A post by `author` in each state, with its state in its words."""

    def written(state, **fields):
        words = {"title": f"Zq{state}", "slug": f"zq{state}", "body": f"Words of zq{state}."}
        return with_earlier(make_post(authors=[author], **words | fields))

    return {
        "draft": written("draft", published_at=None),
        "submitted": written("submitted", published_at=None, submitted_at=timezone.now()),
        "scheduled": written("scheduled", published_at=in_an_hour()),
        "published": written("published", published_at=LONG_AGO),
        "planned": with_new_version(written("planned", published_at=LONG_AGO)),
        "discarded": trashed(written("discarded", published_at=None)),
        "trashed": trashed(written("trashed", published_at=LONG_AGO)),
    }


def with_earlier(text):
    """`text` as the second of its two revisions."""
    words = text.body
    for body in (f"Earlier words: {words}", words):
        text.body = body
        text.save()
        revisions.keep(text)
    return text


def make_pictures(author) -> dict:
    return {
        "": store(picture_bytes(), uploaded_by=author, alt="Zqpicture"),
        "trashed": trashed(
            store(picture_bytes(colour="red"), uploaded_by=author, alt="Zqpicture in the trash")
        ),
    }


def with_new_version(post):
    """`post`, of which another version waits for its time."""
    planned.prepare(post, snapshot(post), "Words to come.", in_an_hour())
    return post


def trashed(thing):
    trash.move_to_trash(thing, by=None)
    return thing


def broken_link(address) -> ExternalLink:
    return ExternalLink.objects.create(
        address=address, digest=digest_of(address), host="zq.example", failures=2
    )


def saved(row):
    row.save()
    return row


def queued_mail(cause) -> Message:
    return mail.queue(cause, "ada@example.org", "Hello", "Zqmail")


def failed_mail() -> Message:
    message = queued_mail("sample:1")
    Message.objects.filter(pk=message.pk).update(state=Message.State.FAILED)
    return message


def failed_job() -> Job:
    job = Job.objects.latest("enqueued_at")
    Job.objects.filter(pk=job.pk).update(status="FAILED", finished_at=timezone.now())
    return job


def a_violation() -> Violation:
    return Violation.objects.create(key="1", directive="img-src", blocked="https://x.example/")
