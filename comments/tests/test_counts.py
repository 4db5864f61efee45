"""How many comments a post has, in lists and on its own page."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from comments.models import Status
from comments.tests.factories import make_comment
from comments.tests.reading import words
from posts.tests.factories import make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db

LISTS = ["/", "/tag/t/", "/author/a/", "/series/s/", "/2020/", "/2020/05/", "/search/?q=text"]


@pytest.fixture
def things():
    return {
        "authors": [make_user(handle="a")],
        "tags": [make_tag(slug="t")],
        "series": make_series(slug="s"),
        "published_at": "2020-05-01T00:00:00Z",
    }


@pytest.mark.parametrize("path", LISTS)
def test_list_says_how_many_comments_there_are(client, things, path):
    for number in (0, 1, 7):
        post = make_post(slug=f"with-{number}", **things)
        for _each in range(number):
            make_comment(post)
        make_comment(post, status=Status.PENDING)

    links = fromstring(client.get(path).content.decode()).xpath("//a[@class='comment-count']")

    assert {(words(link), link.get("href")) for link in links} == {
        ("1 comment", "/post/with-1/#comments"),
        ("7 comments", "/post/with-7/#comments"),
    }


@pytest.mark.parametrize("path", LISTS)
def test_list_counts_in_one_query(client, things, path):
    def counting():
        client.get(path)  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len(queries), [query["sql"] for query in queries if "discussion" in query["sql"]]

    make_comment(make_post(**things))
    with_one, asked = counting()
    for _each in range(9):
        make_comment(make_post(**things))
    with_ten, asked_again = counting()

    assert with_one == with_ten
    assert (len(asked), len(asked_again)) == (1, 1)


@pytest.mark.parametrize(("number", "said"), [(0, []), (1, ["1 comment"]), (2, ["2 comments"])])
def test_post_says_how_many_comments_it_has(client, number, said):
    post = make_post()
    for _each in range(number):
        make_comment(post)

    document = fromstring(client.get(post.get_absolute_url()).content.decode())

    assert [words(link) for link in document.xpath("//a[@class='post-comments']")] == said
    heading = document.xpath("//*[@id='comment-list-title']")[0]
    assert words(heading) == (said[0] if said else "Comments")
