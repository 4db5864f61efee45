"""Threads under a post, as readers see them."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from comments.models import Comment, CommentSettings, Status
from comments.moderation import approve, remove
from comments.tests.factories import make_comment
from comments.tests.reading import add_many, outline, shown, words
from posts.models import SiteSettings
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def page_of(client, post):
    return client.get(post.get_absolute_url())


def settle(**fields):
    SiteSettings().save()
    CommentSettings(site_id=1, **fields).save()


def test_answers_stand_below_what_they_answer(client):
    post = make_post()
    ada = make_comment(post, name="Ada")
    make_comment(post, name="Alan")
    grace = make_comment(parent=ada, name="Grace")
    make_comment(parent=grace, name="Ada")
    make_comment(parent=ada, name="Kurt")

    assert outline(page_of(client, post)) == ["Ada", ["Grace", ["Ada"], "Kurt"], "Alan"]


def test_each_comment_goes_by_its_author_for_screen_readers(client):
    post = make_post()
    make_comment(parent=make_comment(post, name="Ada"), name="Grace")
    page = fromstring(page_of(client, post).content)

    labels = [page.get_element_by_id(of) for of in page.xpath("//article/@aria-labelledby")]

    assert [label.text_content().split() for label in labels] == [["Ada"], ["Grace"]]


def test_post_without_comments_says_so(client):
    html = page_of(client, make_post()).content.decode()

    assert "No comments yet." in html
    assert "0 comment" not in html


def test_newest_threads_come_first_if_the_editor_wishes(client):
    settle(order="newest")
    post = make_post()
    first = make_comment(post, name="Ada")
    make_comment(post, name="Alan")
    make_comment(parent=first, name="Grace")
    make_comment(parent=first, name="Kurt")

    assert outline(page_of(client, post)) == ["Alan", "Ada", ["Grace", "Kurt"]]


def test_threads_go_by_when_they_were_written(client):
    """What was imported later may be older."""
    post = make_post()
    make_comment(post, name="New", created_at=datetime(2022, 1, 1, tzinfo=UTC))
    make_comment(post, name="Old", created_at=datetime(2012, 1, 1, tzinfo=UTC))

    assert outline(page_of(client, post)) == ["Old", "New"]


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
def test_hidden_comment_is_nowhere(client, status):
    post = make_post()
    make_comment(post, name="Hidden", body="secret", site="https://secret.example", status=status)

    response = page_of(client, post)

    assert outline(response) == []
    assert "secret" not in response.content.decode()


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
def test_hidden_comment_with_answers_leaves_a_stub(client, status):
    post = make_post()
    top = make_comment(post, name="Hidden")
    middle = make_comment(parent=top, name="Hidden")
    make_comment(parent=middle, name="Grace")
    leaf = make_comment(parent=top, name="Hidden")
    Comment.objects.filter(pk__in=[top.pk, middle.pk, leaf.pk]).update(status=status)

    response = page_of(client, post)

    assert outline(response) == [None, [None, ["Grace"]]]
    assert words(shown(response, top)) == "This comment was removed."
    assert "Hidden" not in response.content.decode()


def test_deep_thread_stops_moving_in_and_says_whom_it_answers(client):
    post = make_post()
    parent = None
    for name in ["A", "B", "C", "D", "E", "F", "G"]:
        parent = make_comment(post, parent=parent, name=name)

    response = page_of(client, post)

    assert outline(response) == ["A", ["B", ["C", ["D", ["E", "F", "G"]]]]]
    assert "in answer to F" in words(shown(response, parent))
    (link,) = shown(response, parent).xpath(".//a[contains(@class, 'u-in-reply-to')]")
    assert link.get("href") == f"#comment-{parent.parent_id}"


def test_thread_of_any_depth_is_drawn(client):
    post = make_post()
    parent = make_comment(post)
    for depth in range(1, 1500):
        parent = Comment.objects.bulk_create(
            [Comment(post=post, parent=parent, thread=parent.thread or parent, depth=depth)]
        )[0]
    Comment.objects.update(status=Status.APPROVED)

    assert page_of(client, post).status_code == 200


def test_answers_fold_without_a_script(client):
    post = make_post()
    top = make_comment(post)
    make_comment(parent=make_comment(parent=top))

    fold = fromstring(page_of(client, post).content.decode()).xpath("//details[@class='answers']")

    assert [words(each.find("summary")) for each in fold] == ["2 answers", "1 answer"]
    assert all("open" in each.attrib for each in fold)


def test_comment_says_who_and_when(client):
    comment = make_comment(
        name="Ada <b>", site="https://ada.example/", body="So *true*.",
        created_at=datetime(2020, 5, 4, 3, 2, 1, tzinfo=UTC),
    )  # fmt: skip

    element = shown(page_of(client, comment.post), comment)

    (author,) = element.xpath(".//a[contains(@class, 'p-author')]")
    assert (author.text, author.get("href"), author.get("rel")) == (
        "Ada <b>", "https://ada.example/", "ugc nofollow",
    )  # fmt: skip
    (link,) = element.xpath(".//a[contains(@class, 'u-url')]")
    assert link.get("href") == f"{comment.post.get_absolute_url()}#comment-{comment.pk}"
    assert link.find("time").get("datetime") == "2020-05-04T03:02:01Z"
    assert element.xpath(".//em")[0].text == "true"
    assert "edited" not in words(element)


def test_changed_comment_says_so(client):
    comment = make_comment(edited_at=datetime(2020, 5, 4, tzinfo=UTC))

    assert "edited" in words(shown(page_of(client, comment.post), comment))


def test_author_and_staff_are_marked(client):
    author, editor = make_user(handle="ada"), make_user(is_staff=True)
    post = make_post(authors=[author])
    by_author = make_comment(post, member=author)
    by_editor = make_comment(post, member=editor)
    by_guest = make_comment(post, name=author.name)

    response = page_of(client, post)

    marks = [
        [
            mark.text
            for mark in shown(response, each).xpath(".//*[contains(@class, 'comment-mark')]")
        ]
        for each in (by_author, by_editor, by_guest)
    ]
    assert marks == [["Author"], ["Staff"], []]
    (link,) = shown(response, by_author).xpath(".//a[contains(@class, 'p-author')]")
    assert link.get("href") == "/author/ada/"


def test_picture_follows_from_the_name_alone(client):
    post = make_post()
    twins = [
        make_comment(post, name="Ada Lovelace", email=f"{n}@example.org", body=str(n))
        for n in (1, 2)
    ]
    other = make_comment(post, name="Grace")

    response = page_of(client, post)

    drawn = [
        [
            (part.tag, part.get("class"), part.get("d"), part.text)
            for part in shown(response, each).xpath(".//svg/descendant-or-self::*")
        ]
        for each in (*twins, other)
    ]
    assert drawn[0] == drawn[1] != drawn[2]
    assert drawn[0][-1][-1] == "AL"
    assert "style=" not in response.content.decode()


def test_mention_by_another_site_is_one_line(client):
    mention = make_comment(
        kind=Comment.Kind.PINGBACK, name="A blog", site="https://blog.example/", body="[...] junk"
    )

    element = shown(page_of(client, mention.post), mention)

    assert words(element).startswith("Mentioned by A blog")
    assert "junk" not in words(element)
    assert element.xpath(".//a[@rel='ugc nofollow']")[0].get("href") == "https://blog.example/"


def test_account_that_is_gone_leaves_its_comment_with_its_name(client):
    member = make_user(display_name="Ada")
    comment = make_comment(member=member)
    member.delete()

    assert outline(page_of(client, comment.post)) == ["Ada"]
    comment.refresh_from_db()
    assert (comment.name, comment.email) == ("Ada", "")


def test_reader_gets_no_cookie_and_the_same_page_as_everyone(client):
    comment = make_comment()

    response = page_of(client, comment.post)

    assert response.cookies == {}
    assert "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_page_changes_with_a_decision(client):
    comment = make_comment(status=Status.PENDING, name="Ada")
    before = page_of(client, comment.post)

    approve([comment], None)
    after = client.get(comment.post.get_absolute_url(), headers={"If-None-Match": before["ETag"]})
    remove([comment], None)

    assert (after.status_code, outline(after)) == (200, ["Ada"])
    assert page_of(client, comment.post)["ETag"] == before["ETag"]


@pytest.mark.parametrize("path", ["{}", "{}comments/"])
def test_discussion_costs_the_same_queries_whatever_it_shows(client, path):
    post = make_post()
    address = path.format(post.get_absolute_url())

    def cost():
        client.get(address)  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    costs = []
    for number in (1, 2, 27, 2970):
        first = add_many(post, number)[0]
        add_many(post, number, parent=first, thread=first, depth=1, member=make_user(is_staff=True))
        costs.append(cost())

    assert len(set(costs[:-1])) == 1
    # In pages: what a page shows of it, the answers and the stubs are asked for by themselves.
    assert costs[-1] == costs[0] + 3


def test_discussion_reads_its_settings_once(client):
    post = make_post()

    with CaptureQueriesContext(connection) as queries:
        client.get(post.get_absolute_url())

    assert sum("comments_commentsettings" in query["sql"] for query in queries) == 1
