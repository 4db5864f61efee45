"""A site with one of everything in it, for attacks that go through all of its addresses."""

from dataclasses import dataclass

from allauth.account.models import EmailAddress
from django.contrib.auth.models import Group

from accounts.models import Invitation, User
from blogsite.audit.models import Event
from blogsite.outgoing.models import Message
from comments.models import Address, Comment, Decision, Standing, Subscription
from comments.tests.factories import make_comment
from posts.models import Image, Page, Post, SiteSettings
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store

PASSWORD = "correct horse battery staple"
SECRET_WORD = "zqsecret"


@dataclass
class World:
    """What there is; `administrator` may do everything, `reader` nothing."""

    post: Post
    draft: Post
    page: Page
    comment: Comment
    image: Image
    author: User
    reader: User
    administrator: User


def make_world() -> World:
    SiteSettings(pk=1, security_contact="security@example.org").save()
    author = make_user(display_name="Author", handle="author", bio="Writes.")
    reader = make_user(email="reader@example.org", password=PASSWORD, display_name="Reader")
    administrator = User.objects.create_superuser(
        "admin@example.org", PASSWORD, display_name="Admin", handle="admin"
    )
    post = make_post(
        slug="post",
        title="A post",
        authors=[author],
        tags=[make_tag("Tag", slug="tag")],
        series=make_series("Series", slug="series"),
    )
    draft = make_post(
        slug="draft", title=f"{SECRET_WORD} draft", body=SECRET_WORD, published_at=None
    )
    comment = make_comment(post, email="guest@example.org")
    leave_traces(comment, administrator)
    return World(
        post=post,
        draft=draft,
        page=make_page(slug="page"),
        comment=comment,
        image=store(picture_bytes(), alt="A box"),
        author=author,
        reader=reader,
        administrator=administrator,
    )


def leave_traces(comment: Comment, by: User) -> None:
    """Rows of what the site notes by itself."""
    address = Address.objects.create(email="guest@example.org")
    Subscription.objects.create(address=address, post=comment.post)
    Standing.objects.create(of="email", value="banned@example.org", verdict="banned", by=by)
    Decision.objects.create(comment=comment, by=by, via="queue", was="pending", became="approved")
    Event.objects.create(verb="accounts.signed_in", actor=by, actor_name=by.name)
    Invitation.objects.create(email="invited@example.org", invited_by=by)
    Group.objects.get_or_create(name="A group")
    Message.objects.create(cause="test:1", to="guest@example.org", subject="A mail", text="Words.")
    EmailAddress.objects.get_or_create(
        user=by, email=by.email, defaults={"verified": True, "primary": True}
    )
