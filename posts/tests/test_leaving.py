"""What stays of an author who leaves: the name above the posts, and its addresses."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.leaving import asking, removing
from accounts.models import User
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def leave(user) -> None:
    asking.ask(user, "remove")
    User.objects.filter(pk=user.pk).update(leaves_at=timezone.now() - timedelta(seconds=1))
    removing.remove_due()


@pytest.fixture
def ada():
    return make_user(
        email="ada@example.org",
        password="a long enough password",
        display_name="Ada Lovelace",
        handle="ada",
        bio="A *secret* bio.",
        links="https://ada.example",
        time_zone="Europe/London",
        is_staff=True,
    )


def test_author_with_posts_stays_as_a_name(client, ada):
    bob = make_user(display_name="Bob")
    post = make_post(title="Notes", authors=[bob, ada])

    leave(ada)

    author = User.objects.get(handle="ada")
    assert not User.objects.filter(pk=ada.pk).exists()
    assert [each.name for each in post.author_list] == ["Bob", "Ada Lovelace"]
    assert client.get("/author/ada/").status_code == 200
    assert (author.email, author.bio, author.links, author.time_zone) == (None, "", "", "")
    assert (author.is_staff, author.has_usable_password(), author.picture) == (False, False, "")
    assert author.leaves_at is None


def test_former_address_of_the_author_goes_on_leading_there(client, ada):
    make_post(authors=[ada])
    ada.handle = "countess"
    ada.save()

    leave(ada)

    assert client.get("/author/ada/").headers["Location"].endswith("/author/countess/")
    assert client.get("/author/countess/").status_code == 200


def test_author_without_posts_leaves_no_page_and_no_row(client, ada):
    leave(ada)

    assert not User.objects.filter(handle="ada").exists()
    assert client.get("/author/ada/").status_code == 404


def test_draft_keeps_its_author_too(ada):
    draft = make_post(authors=[ada], published_at=None)

    leave(ada)

    assert [each.name for each in draft.author_list] == ["Ada Lovelace"]
