"""What WordPress and Disqus export fits into our columns as it is, and shows in its threads."""

import pytest
from lxml.html import fromstring

from comments.models import Comment, Discussion, Status
from comments.tests import exports
from posts.tests.factories import make_post
from posts.tests.test_rendering_hostile import VISITOR, faults

pytestmark = pytest.mark.django_db
# The widths of WordPress's own columns (wp_comments), and what Disqus lets people have.
WIDEST = {"name": 255, "email": 100, "site": 200}


def store(exported: list[exports.Exported]) -> dict[str, Comment]:
    """Comments by their keys in the export; an answer after what it answers."""
    posts, stored, left = {}, {}, list(exported)
    known = {each.key for each in exported}
    while left:
        each = left.pop(0)
        if each.parent in known and each.parent not in stored:
            left.append(each)
            continue
        post = posts.get(each.page) or posts.setdefault(each.page, make_post())
        stored[each.key] = Comment.objects.create(
            post=post,
            parent=stored.get(each.parent),
            body_format="html",
            source=f"export:{each.key}",
            **each.values,
        )
    Discussion.refresh([post.pk for post in posts.values()])
    return stored


def too_long(comment: Comment) -> list[str]:
    """Columns that would not hold their value in a database that counts."""
    return [
        field.name
        for field in Comment._meta.concrete_fields
        if field.max_length and len(str(getattr(comment, field.attname))) > field.max_length
    ]


def all_pages(client, post) -> list:
    """The elements of every page of a discussion."""
    pages, path = [], f"/post/{post.slug}/comments/"
    while path:
        page = fromstring(client.get(path).content.decode())
        pages.append(page)
        following = page.xpath("//a[contains(@rel, 'next') and contains(@href, 'comments/')]/@href")
        path = following[0] if following else ""
    return pages


@pytest.mark.parametrize(
    "path", exports.files_of("wxr", "*.xml") + exports.files_of("disqus", "*.xml")
)
def test_exported_comments_are_stored_and_shown_in_their_threads(client, path):
    exported = exports.read(path)
    stored = store(exported)

    for each in exported:
        row = Comment.objects.get(pk=stored[each.key].pk)
        assert {name: getattr(row, name) for name in each.values} == each.values
        assert too_long(row) == []
        assert faults(row.body_html, VISITOR) == []
    for post in {comment.post for comment in stored.values()}:
        assert_shown(client, post)


def assert_shown(client, post) -> None:
    """Each approved comment once, in the list entry of the thread that it belongs to."""
    comments = {comment.pk: comment for comment in post.comments.approved()}
    places = {}
    for page in all_pages(client, post):
        for first in page.xpath("//*[@data-threads]/ol/li"):
            keys = [int(key.rpartition("-")[2]) for key in first.xpath(".//article/@id")]
            places |= {key: keys[0] for key in keys if key in comments}
    assert places == {key: comment.thread_id or key for key, comment in comments.items()}


def test_widest_fields_of_other_systems_fit():
    widest = {name: Comment._meta.get_field(name).max_length for name in WIDEST}

    assert {name: width for name, width in widest.items() if width < WIDEST[name]} == {}


def test_everything_that_is_no_comment_yet_stays_hidden(client):
    values = exports.Exported("1", "", "p", {"name": "Ada", "body": "<p>Hidden words</p>"})
    stored = [
        store([exports.Exported(status, "", status, values.values | {"status": status})])[status]
        for status in [Status.PENDING, Status.SPAM, Status.REMOVED]
    ]

    for comment in stored:
        page = client.get(f"/post/{comment.post.slug}/comments/", follow=True)
        assert page.status_code == 200
        assert b"Hidden words" not in page.content
