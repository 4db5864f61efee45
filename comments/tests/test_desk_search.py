"""Comments in the search of the desk."""

import pytest
from django.urls import reverse

from accounts import roles
from comments.tests.factories import make_comment
from posts.tests.authors import sign_in
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db


def found(client, query) -> list[str]:
    """The titles of the comments that were found."""
    url = reverse("admin:search")
    answer = client.get(url, {"q": query}, headers={"Accept": "application/json"}).json()
    groups = {group["name"]: group["items"] for group in answer["groups"]}
    return [item["title"] for item in groups.get("comments", [])]


@pytest.fixture
def comment():
    return make_comment(make_post(), name="Zqguest", body="Thanks for the quokka.")


@pytest.mark.parametrize("query", ["zqguest", "quokka", "quokka zqguest"])
def test_moderator_finds_a_comment_by_its_author_and_its_words(client, comment, query):
    sign_in(client, roles.MODERATOR)

    assert found(client, query) == ["Zqguest: Thanks for the quokka."]


@pytest.mark.parametrize("role", [roles.AUTHOR, roles.EDITOR])
def test_others_find_no_comments(client, comment, role):
    sign_in(client, role)

    assert found(client, "quokka") == []
