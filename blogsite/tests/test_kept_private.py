"""No private byte is ever kept: whatever visitors, members and staff do, it is not in the store.

Every secret of the site has a word that stands nowhere else. People with and without a session ask
for everything in random order, through the same kept pages. Then neither the store nor an answer
to a stranger may hold one of the words.
"""

import os

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache as django_cache
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from blogsite.pagecache import touch
from blogsite.pagecache.counters import EVERYTHING
from blogsite.pagecache.layer import PageCache
from blogsite.request import Handler
from blogsite.tests.hidden import make_all_hidden, make_hidden_comments
from blogsite.tests.kept_readers import ask_here
from blogsite.tests.test_leaks import TABLE, UNDER_OPEN
from comments.models import Comment
from comments.tests.writing import send
from posts import draft_links
from posts.models import Post, SiteSettings
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

ROUNDS = 60 if os.environ.get("FAULTS") == "long" else 4
SECRET = "zq"  # how all the words of hidden things begin
READERS_WORD = "zqreaders-own-name"
# `poster` sends a form that is refused, so that errors are among the answers.
PEOPLE = ["nobody", "reader", "staff", "guest", "basic", "poster"]


class World:
    """A site full of secrets, with kept pages in front of it."""

    def __init__(self):
        self.words = [*make_all_hidden().values(), *make_hidden_comments().values(), READERS_WORD]
        SiteSettings(pk=1, title="Open", security_contact="security@example.org").save()
        self.cache = PageCache(Handler())
        reader = make_user(display_name=READERS_WORD, email=f"{READERS_WORD}@example.org")
        staff = make_user(display_name=READERS_WORD, is_staff=True, is_superuser=True)
        draft = Post.objects.get(slug="zqdraft-post")
        link = draft_links.address_of(draft_links.make(draft, by=staff, label="", days=3))
        self.draft_link = link.removeprefix(django_settings.SITE_URL)
        self.addresses = [
            *{
                path.format(word=word, state=word.removeprefix("zq"), comment=90_001)
                for surface in (*TABLE.values(), UNDER_OPEN)
                for path in surface.paths
                for word in self.words[:3]
            },
            self.draft_link,
            f"/search/?q={READERS_WORD}",
            f"/?utm_source={READERS_WORD}",
            f"/post/open-comments/?{READERS_WORD}=1",
        ]
        self.cookies = {
            "reader": session_of(reader),
            "staff": session_of(staff),
            "guest": f"guest={READERS_WORD}; messages={READERS_WORD}; csrftoken={READERS_WORD}",
        }

    def ask_as(self, person: str, address: str) -> str:
        more = {"HTTP_USER_AGENT": READERS_WORD, "HTTP_REFERER": f"https://{READERS_WORD}/"}
        if person in self.cookies:
            more["HTTP_COOKIE"] = self.cookies[person]
        if person == "poster":
            more |= {"REQUEST_METHOD": "POST", "HTTP_COOKIE": self.cookies["staff"]}
        if person == "basic":
            more["HTTP_AUTHORIZATION"] = f"Basic {READERS_WORD}"
        return str(ask_here(self.cache, address, **more))

    def kept_secrets(self, *more: str) -> list[tuple]:
        """Where in the kept pages one of the words stands. A page may repeat its own address."""
        return [
            (key, word)
            for key, page in self.cache.store
            for variant in page.variants.values()
            for word in secrets_in(f"{variant.headers} {variant.body!r}", [*self.words, *more])
            if word not in str(key)
        ]


def session_of(user) -> str:
    client = Client()
    client.force_login(user)
    return "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())


def secrets_in(text: str, words: list[str]) -> list[str]:
    return [word for word in words if word in text.lower()]


@pytest.fixture
def world():
    django_cache.clear()
    return World()


def test_no_private_byte_is_kept(world):
    @settings(
        max_examples=ROUNDS,
        deadline=None,
        phases=[Phase.generate],
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    # With "change" all is out of date, so that somebody else has it made.
    @given(st.lists(st.tuples(st.sampled_from([*PEOPLE, "change"]), st.sampled_from(world.addresses)),
                    min_size=25, max_size=60))  # fmt: skip
    def everybody_asks(questions):
        for person, address in questions:
            if person == "change":
                touch(EVERYTHING)
            else:
                world.ask_as(person, address)
        assert world.kept_secrets() == []
        for _person, address in questions:
            said = world.ask_as("nobody", address)
            shown = secrets_in(said, world.words)
            if address == world.draft_link:  # it shows the draft to whoever knows it
                continue
            # The page of a search repeats what was asked for, and a redirect the address.
            assert set(shown) <= set(secrets_in(address, world.words)), address

    everybody_asks()

    assert len(world.cache.store) > 5


@pytest.mark.parametrize(
    "address", ["/", "/post/open-comments/", "/feed/", "/robots.txt", "/gone/"]
)
@pytest.mark.parametrize("cookie", [f"sessionid={'x' * 32}", "csrftoken=x"])
def test_answer_that_sets_a_cookie_is_for_that_visitor_alone(world, address, cookie):
    """A session that is over and a token that is none make Django do so, with any page."""
    _status, headers, _body = ask_here(world.cache, address, HTTP_COOKIE=cookie)
    said = dict(headers)

    if "set-cookie" in said:
        assert "private" in said["cache-control"]
        assert "public" not in said["cache-control"]
    assert len(world.cache.store) == 0


def test_secrets_are_there_to_be_seen(world):
    """Or it would be no wonder that nobody finds any."""
    assert "set-cookie" in str(ask_here(world.cache, "/", HTTP_COOKIE="csrftoken=x"))
    assert READERS_WORD in world.ask_as("reader", "/account/")
    assert "zqdraft" in world.ask_as("staff", "/post/zqdraft-post/")
    assert "zqdraft" in world.ask_as("nobody", world.draft_link)
    assert "zqpending" in str(Comment.objects.filter(status="pending").values_list("body"))


def test_waiting_comment_of_a_guest_shows_to_the_guest_alone(world, client):
    """A page that shows it comes from Django, and the page for all is not changed by it."""
    address = "/post/open-comments/"
    before = world.ask_as("nobody", address)

    send(client, Post.objects.get(slug="open-comments"), body="zqwaits")
    cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())

    assert "zqwaits" in str(ask_here(world.cache, address, HTTP_COOKIE=cookies))
    assert world.ask_as("nobody", address) == before
    assert world.kept_secrets("zqwaits") == []
