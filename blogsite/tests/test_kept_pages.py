"""Every address of the site is kept, or there is a reason why not; and those are kept."""

import pytest
from django.urls import resolve

from accounts import roles
from blogsite.pagecache.activity import HITS
from blogsite.pagecache.layer import PageCache
from blogsite.request import Handler
from blogsite.tests.hidden import COMMENT_KEYS, make_texts
from blogsite.tests.kept_reader import ask
from blogsite.tests.kept_readers import connection_left_open
from blogsite.tests.test_leaks import TABLE
from posts.models import SiteSettings
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

# The parameters that tell the answers of an address apart.
PAGED, PLAIN = ("page",), ()
KEPT = {
    **dict.fromkeys(
        ["posts:list", "posts:stream", "posts:tag", "posts:author", "posts:series", "posts:year",
         "posts:month"],
        PAGED,
    ),
    **dict.fromkeys(
        [f"{place}{feed}" for place in
            ["posts:", "posts:tag_", "posts:author_", "posts:series_", "comments:", "comments:post_"]
            for feed in ["feed", "rss", "json_feed", "feed_alias"]],
        PAGED,
    ),
    **dict.fromkeys(
        ["posts:markdown", "posts:page", "posts:page_markdown", "posts:tags",
         "posts:series_list", "posts:archive", "posts:sitemap", "posts:sitemap_part",
         "posts:robots", "posts:llms", "posts:humans", "posts:security_txt", "posts:manifest",
         "posts:opensearch", "posts:favicon", "posts:accent", "comments:state",
         "comments:comment", "comments:received"],
        PLAIN,
    ),
    "comments:discussion": ("order", "page", "reply", "thread"),
    "posts:detail": ("reply",),
}  # fmt: skip
NOT_KEPT = {
    "posts:search": "there is no end of questions",
    "posts:suggestions": "there is no end of beginnings",
    "posts:draft": "it is for whoever was sent the link",
    "posts:media": "the server sends files itself",
    "posts:touch_icon": "it is one line, and reads nothing",
    "reporting:report": "it takes, and shows nothing",
    "comments:preview": "it shows what was sent",
    "comments:edit": "it is for the author of the comment",
    "comments:delete": "it is for the author of the comment",
    "comments:decide": "it is for whoever was sent the link",
    **dict.fromkeys(
        ["comments:mail", "comments:mail_confirm", "comments:mail_stop", "comments:own_mail"],
        "it is for whoever was sent the link",
    ),
    **dict.fromkeys(["markdownx_upload", "markdownx_markdownify"], "it is for who writes"),
}
# All of these are somebody's own.
ACCOUNTS = ("accounts:", "account_", "mfa_", "usersessions_", "change_password")
DESK = ("writing_",)


def decision_about(name) -> tuple | str | None:
    """The parameters that it is kept by, or why it is not."""
    if name.startswith(ACCOUNTS):
        return "it is for one account"
    if name.startswith(DESK):
        return "it is for who writes"
    return KEPT.get(name, NOT_KEPT.get(name))


def addresses_of(name, word) -> list[str]:
    key = COMMENT_KEYS[word.removeprefix("zq")]
    paths = [path.format(word=word, comment=key, state="") for path in TABLE[name].paths]
    return [path for path in paths if "2099" not in path]  # a year without posts


@pytest.fixture
def cache():
    """Kept pages in front of Django, on a site whose texts are all public."""
    SiteSettings(security_contact="security@example.org").save()
    with connection_left_open():
        yield PageCache(Handler())


def is_kept(cache, address) -> bool:
    ask(cache, address)
    before = cache.activity.numbers[HITS]
    ask(cache, address)
    return cache.activity.numbers[HITS] == before + 1


def test_of_every_address_is_decided_whether_it_is_kept():
    undecided = [name for name in TABLE if decision_about(name) is None]

    assert undecided == []
    assert {*KEPT, *NOT_KEPT} <= set(TABLE)


@pytest.mark.parametrize("name", KEPT)
def test_address_is_kept_by_its_parameters_alone(cache, name):
    word = make_texts("published")

    for address in addresses_of(name, word):
        status = ask(cache, address)[0]
        assert status in {"200", "301", "302"}, address
        assert is_kept(cache, address), address
        mark = "&" if "?" in address else "?"
        before = len(cache.store)
        assert ask(cache, f"{address}{mark}utm_source=x&unknown=1")[0] == status
        assert len(cache.store) == before, address


@pytest.mark.parametrize("name", KEPT)
def test_declaration_names_the_parameters(name):
    for address in addresses_of(name, "zqpublished"):
        view = resolve(address.partition("?")[0]).func
        assert view.declaration.parameters == KEPT[name]


def test_nothing_else_is_kept(cache):
    word = make_texts("published")

    for name in TABLE:
        if name not in KEPT:
            for address in addresses_of(name, word):
                ask(cache, address)
                assert not is_kept(cache, address), (name, address)


def test_form_for_one_answer_is_not_kept(cache):
    word = make_texts("published")

    assert not is_kept(cache, f"/post/{word}-post/comments/?reply={COMMENT_KEYS['published']}")


def test_visitor_with_a_session_is_answered_by_django(cache, client):
    make_texts("published")
    reader = make_user()
    roles.give(reader, roles.AUTHOR)
    client.force_login(reader)
    cookie = client.cookies.output(header="", sep=";").partition(";")[0].strip()
    ask(cache, "/")
    before = cache.activity.numbers[HITS], len(cache.store)

    ask(cache, "/", HTTP_COOKIE=cookie)

    assert (cache.activity.numbers[HITS], len(cache.store)) == before
