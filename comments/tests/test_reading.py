"""The pages of a discussion, and the way to one comment."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from lxml.html import fromstring

from comments.models import Comment, CommentSettings, Discussion, Status
from comments.reading import threads
from comments.tests.factories import make_comment
from comments.tests.reading import outline, shown, words
from comments.writing.guests import COOKIE_NAME, Guest
from posts.models import SiteSettings
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def busy(monkeypatch):
    """A post with seven threads of which two fit a page; the first has five answers, two shown."""
    monkeypatch.setattr(threads, "ALL_AT_ONCE", 5)
    monkeypatch.setattr(threads, "THREADS_PER_PAGE", 2)
    monkeypatch.setattr(threads, "ANSWERS_SHOWN", 2)
    monkeypatch.setattr(threads, "THREAD_PAGE", 3)
    monkeypatch.setattr("comments.reading.places.THREADS_PER_PAGE", 2)
    monkeypatch.setattr("comments.reading.places.ANSWERS_SHOWN", 2)
    monkeypatch.setattr("comments.reading.places.THREAD_PAGE", 3)
    post = make_post(slug="busy")
    firsts = [make_comment(post, name=f"T{number}") for number in range(1, 8)]
    parent = firsts[0]
    for number in range(1, 6):
        parent = make_comment(parent=parent, name=f"A{number}")
    return post


def named(name) -> Comment:
    return Comment.objects.get(name=name)


def test_threads_come_in_pages(client, busy):
    pages = [client.get("/post/busy/comments/", {"page": n} if n > 1 else {}) for n in range(1, 5)]

    assert [outline(page) for page in pages] == [
        ["T1", ["A1", ["A2"]], "T2"], ["T3", "T4"], ["T5", "T6"], ["T7"],
    ]  # fmt: skip


def test_post_shows_the_first_page(client, busy):
    response = client.get(busy.get_absolute_url())

    assert outline(response) == ["T1", ["A1", ["A2"]], "T2"]
    links = fromstring(response.content.decode()).xpath(
        "//nav[@class='pagination comments-pages']//a/@href"
    )
    assert links == [
        "/post/busy/comments/#comments",
        *(f"/post/busy/comments/?page={number}#comments" for number in (2, 3, 4, 2)),
    ]


def test_newest_first_turns_the_threads_round(client, busy):
    first = client.get("/post/busy/comments/?order=newest")
    last = client.get("/post/busy/comments/?order=newest&page=4")

    assert (outline(first), outline(last)) == (["T7", "T6"], ["T1", ["A1", ["A2"]]])


def test_long_thread_has_pages_of_its_own(client, busy):
    key = named("T1").pk
    first = client.get(f"/post/busy/comments/?thread={key}")
    second = client.get(f"/post/busy/comments/?thread={key}&page=2")

    assert outline(first) == ["T1", ["A1", ["A2", ["A3"]]]]
    assert outline(second) == ["T1", ["A4", ["A5"]]]
    assert "in answer to A3" in words(shown(second, named("A4")))


def test_thread_that_is_cut_says_how_much_is_left(client, busy):
    response = client.get("/post/busy/comments/")

    (rest,) = fromstring(response.content.decode()).xpath("//p[@class='thread-rest']/a")
    assert words(rest) == "3 more answers in this thread"
    assert rest.get("href") == f"/post/busy/comments/?thread={named('T1').pk}#comments"


@pytest.mark.parametrize("name", ["T1", "A2", "A3", "A5", "T2", "T3", "T7"])
@pytest.mark.parametrize("order", ["oldest", "newest"])
def test_permanent_address_leads_to_the_comment(client, busy, name, order):
    SiteSettings().save()
    CommentSettings(site_id=1, order=order).save()
    comment = named(name)

    answer = client.get(f"/comments/{comment.pk}/")
    page = client.get(answer["Location"])

    assert answer.status_code == 302
    assert answer["Location"].endswith(f"#comment-{comment.pk}")
    assert shown(page, comment).xpath(".//*[contains(@class, 'comment-author')]")[0].text == name


def test_comment_on_pages_that_shift_is_linked_by_its_permanent_address(client, busy):
    comment = named("T5")

    (link,) = shown(client.get("/post/busy/comments/?page=3"), comment).xpath(
        ".//a[contains(@class, 'comment-permalink')]"
    )

    assert link.get("href") == f"/comments/{comment.pk}/"


def test_permanent_address_under_few_comments_is_the_post(client):
    answer = make_comment(parent=make_comment())

    location = client.get(f"/comments/{answer.pk}/")["Location"]

    assert location == f"{answer.post.get_absolute_url()}#comment-{answer.pk}"


@pytest.mark.parametrize("status", [Status.PENDING, Status.SPAM, Status.REMOVED])
def test_permanent_address_of_a_hidden_comment_is_unknown(client, status):
    comment = make_comment(status=status)
    make_comment(parent=make_comment(parent=comment))

    assert client.get(f"/comments/{comment.pk}/").status_code == 404


def test_permanent_address_under_a_hidden_post_is_unknown(client):
    comment = make_comment(make_post(published_at=None))

    assert client.get(f"/comments/{comment.pk}/").status_code == 404


@pytest.mark.parametrize("key", [1, 10**18, 10**30])
def test_unknown_comment_is_404(client, key):
    assert client.get(f"/comments/{key}/").status_code == 404


def test_moderator_is_led_to_the_desk(client):
    comment = make_comment(status=Status.SPAM)
    moderator = make_user(is_staff=True)
    moderator.user_permissions.add(Permission.objects.get(codename="moderate_comment"))
    client.force_login(moderator)

    response = client.get(f"/comments/{comment.pk}/")

    assert response["Location"] == f"/admin/comments/comment/{comment.pk}/change/"
    assert "no-store" in response["Cache-Control"]


# --- What only the author sees --------------------------------------------------------------


@pytest.fixture
def stranger():
    return Client()


@pytest.fixture(params=["member", "guest"])
def own(request, client):
    """A maker of comments that belong to whoever `client` is."""
    guest = Guest()

    def make(post, **fields):
        nonlocal guest
        if request.param == "member":
            return make_comment(post, member=member, **fields)
        comment = make_comment(post, **fields)
        guest = guest.with_comment(comment)
        client.cookies[COOKIE_NAME] = guest.as_cookie()
        return comment

    if request.param == "member":
        member = make_user(display_name="Me")
        client.force_login(member)
    return make


def test_author_sees_what_waits_and_nobody_else_does(client, own, stranger):
    post = make_post()
    top = make_comment(post, name="Ada")
    make_comment(post, name="Other", status=Status.PENDING)
    mine = own(post, parent=top, status=Status.PENDING)

    for path in (post.get_absolute_url(), f"{post.get_absolute_url()}comments/"):
        response, public = client.get(path), stranger.get(path)

        assert outline(response) == ["Ada", [mine.author_name]]
        assert "Awaiting moderation: only you can see this." in words(shown(response, mine))
        assert set(response["Cache-Control"].split(", ")) == {"private", "no-store"}
        assert outline(public) == ["Ada"]
        assert public["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_author_is_led_to_what_waits(client, own, stranger, busy):
    waiting = [
        own(busy, status=Status.PENDING),
        own(busy, parent=named("T5"), status=Status.PENDING),
        own(busy, parent=named("A5"), status=Status.PENDING),
    ]

    for comment in waiting:
        address = f"/comments/{comment.pk}/"
        answer = client.get(address)
        assert "no-store" in answer["Cache-Control"]
        assert "Awaiting" in words(shown(client.get(answer["Location"]), comment))
        assert stranger.get(address).status_code == 404


def test_answer_to_what_was_removed_meanwhile_is_still_seen_by_its_author(client, own):
    post = make_post()
    top = make_comment(post)
    mine = own(post, parent=top, status=Status.PENDING)
    Comment.objects.filter(pk=top.pk).update(status=Status.REMOVED)
    Discussion.refresh([post.pk])

    assert outline(client.get(post.get_absolute_url())) == [mine.author_name]


def test_author_may_change_what_is_new(client, own):
    post = make_post()
    new, old, others = own(post), own(post), make_comment(post)
    Comment.objects.filter(pk=old.pk).update(created_at="2020-01-01T00:00:00Z")

    response = client.get(post.get_absolute_url())

    offered = [
        bool(shown(response, each).xpath(".//a[@class='comment-edit']"))
        for each in (new, old, others)
    ]
    assert offered == [True, False, False]


def test_forged_cookie_shows_nothing(client):
    comment = make_comment(status=Status.PENDING)
    client.cookies[COOKIE_NAME] = Guest().with_comment(comment).as_cookie() + "x"

    response = client.get(comment.post.get_absolute_url())

    assert outline(response) == []
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


# --- Addresses ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "query",
    [
        "page=0", "page=x", "page=", "page=5", "page=２", "page=99999999999",
        "order=", "order=best", "order=oldest%00", "order=newest&page=5",
        "thread=", "thread=0", "thread=x", "thread=-1", "thread=1.0", "thread=²",
        "thread=999999999999999999999999999999", "thread=99999", "thread=%00",
        f"thread=00000000000000000001{'1' * 5000}",
    ],
)  # fmt: skip
def test_page_that_makes_no_sense_is_404(client, busy, query):
    assert client.get(f"/post/busy/comments/?{query}").status_code == 404


def test_thread_is_known_by_its_first_comment_alone(client, busy):
    other = make_comment()
    for key in (named("A1").pk, other.pk):
        assert client.get(f"/post/busy/comments/?thread={key}").status_code == 404


def test_hidden_thread_has_no_page(client, busy):
    spam = make_comment(busy, status=Status.SPAM)

    assert client.get(f"/post/busy/comments/?thread={spam.pk}").status_code == 404


def test_first_page_has_one_address(client, busy):
    assert client.get("/post/busy/comments/?page=1")["Location"] == "/post/busy/comments/"
    both = client.get("/post/busy/comments/?page=1&order=newest")
    assert both["Location"] == "/post/busy/comments/?order=newest"


def test_page_names_its_own_address(client, busy):
    asked = "/post/busy/comments/?page=2&order=newest&utm=x"

    document = fromstring(client.get(asked).content.decode())

    assert document.xpath("//link[@rel='canonical']/@href") == [
        "http://testserver/post/busy/comments/?order=newest&page=2"
    ]
    assert document.xpath("//link[@rel='prev' or @rel='next']/@href") == [
        "/post/busy/comments/?order=newest",
        "/post/busy/comments/?order=newest&page=3",
    ]
    assert "page 2" in document.findtext("head/title")


def test_form_for_one_answer_is_no_page_of_its_own(client, busy):
    document = fromstring(
        client.get(f"/post/busy/comments/?reply={named('T1').pk}").content.decode()
    )

    assert document.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert document.xpath("//link[@rel='canonical']/@href") == [
        "http://testserver/post/busy/comments/"
    ]


def test_discussion_moves_with_its_post(client, busy):
    make_comment(busy)
    busy.slug = "calm"
    busy.save()

    for rest, expected in [
        ("comments/?page=2", "comments/?page=2"),
        ("comments?page=2", "comments/?page=2"),
        ("comments/state.json", "comments/state.json"),
        ("comments/feed/?page=2", "comments/feed/?page=2"),
        ("comments/atom?page=2", "comments/feed/?page=2"),
    ]:
        answer = client.get(f"/post/busy/{rest}")
        assert (answer.status_code, answer["Location"]) == (301, f"/post/calm/{expected}"), rest
    assert client.get("/post/busy/comments/nothing/").status_code == 404


def test_every_page_costs_the_same_queries(client, busy):
    key = named("T1").pk

    def cost(query):
        client.get(
            f"/post/busy/comments/?{query}"
        )  # what many pages need is remembered from then on
        with CaptureQueriesContext(connection) as queries:
            assert client.get(f"/post/busy/comments/?{query}").status_code == 200
        return len(queries)

    assert len({cost(f"page={number}") for number in (2, 3, 4)}) == 1
    # Whether there is such a thread, how long it is, and whom its comments answer.
    assert cost(f"thread={key}&page=2") <= cost("page=2") + 3
