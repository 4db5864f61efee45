"""An author at the desk, for the tests."""

from accounts import roles
from accounts.models import User
from posts.models import Post
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.tests.pictures import picture_bytes, store


def sign_in(client, role=roles.AUTHOR) -> User:
    user = make_user()
    roles.give(user, role)
    client.force_login(user)
    return user


def make_secret() -> Post:
    """Somebody else's draft, with all that could name it."""
    return make_post(
        title="Zqsecret",
        slug="zqsecret",
        body="zqsecret words",
        published_at=None,
        tags=[make_tag("Zqtag")],
        series=make_series("Zqseries"),
        cover=store(picture_bytes(colour="red"), alt="Zqpicture"),
        authors=[make_user(display_name="Zqwriter", is_staff=True)],
    )
