"""The discussion in the JSON-LD of a post."""

import json
from datetime import UTC, datetime

import pytest
from lxml.html import fromstring

from comments.models import Comment, Status
from comments.tests.factories import make_comment
from comments.tests.reading import add_many
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def posting(client, post) -> dict:
    document = fromstring(client.get(post.get_absolute_url()).content.decode())
    (block,) = document.xpath("//script[@type='application/ld+json']")
    return next(node for node in json.loads(block.text)["@graph"] if node["@type"] == "BlogPosting")


def test_post_tells_machines_of_its_comments(client):
    post = make_post(slug="one")
    comment = make_comment(
        post,
        name="Ada",
        site="https://ada.example/",
        body="Well *said*. </script>",
        created_at=datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC),
    )

    node = posting(client, post)

    assert node["commentCount"] == 1
    assert node["comment"] == [
        {
            "@type": "Comment",
            "@id": f"http://testserver/comments/{comment.pk}/",
            "url": f"http://testserver/post/one/#comment-{comment.pk}",
            "text": "Well said. </script>",
            "dateCreated": "2020-05-04T03:02:01Z",
            "author": {"@type": "Person", "name": "Ada", "url": "https://ada.example/"},
        }
    ]


def test_machines_are_told_the_first_comments_only(client):
    post = make_post()
    add_many(post, 25)

    node = posting(client, post)

    assert (node["commentCount"], len(node["comment"])) == (25, 20)


def test_machines_are_told_of_nothing_hidden(client):
    post = make_post()
    top = make_comment(post, name="Secret")
    make_comment(parent=top, name="Ada")
    Comment.objects.filter(pk=top.pk).update(status=Status.REMOVED)
    make_comment(post, name="Secret", status=Status.PENDING)

    node = posting(client, post)

    assert [each["author"]["name"] for each in node["comment"]] == ["Ada"]


def test_what_waits_is_in_no_structured_data(client):
    member = make_user()
    post = make_comment(member=member, status=Status.PENDING).post
    client.force_login(member)

    assert "comment" not in posting(client, post)
