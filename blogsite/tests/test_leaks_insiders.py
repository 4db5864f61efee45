"""Nothing leaks to those who may see more: a draft is at its own address for them, nowhere else.

But for the search for something to link to, which offers them what they may look at.
"""

import pytest
from django.core.cache import cache

from accounts import roles
from blogsite.tests.hidden import make_all_hidden
from blogsite.tests.test_leaks import NEIGHBOURS, TABLE, asked, assert_silent, statuses_for
from posts.models import Byline, Post, SiteSettings
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

# What is not public and not in the trash, and who sees it where besides; each such answer is kept
# by nobody. A moderator is led from a comment to the queue, and sees no text for that.
LIVING = {"draft", "scheduled", "expired", "withdrawn"}
OWN_PAGES = {"posts:detail", "posts:markdown", "writing_targets"}
SHOWN_TO = {
    "author": OWN_PAGES,
    "editor": OWN_PAGES | {"posts:page", "posts:page_markdown"},
    "moderator": set(),
}


@pytest.mark.parametrize("who", SHOWN_TO)
def test_hidden_text_is_shown_to_insiders_at_its_own_address_only(client, who):
    words = make_all_hidden()
    sign_in_insider(client, who)

    for name, surface in [*TABLE.items(), ("", NEIGHBOURS)]:
        for path, state, response in asked(client, surface.paths, words):
            if name in SHOWN_TO[who] and state in LIVING:
                assert response.status_code == 200, path
                assert "no-store" in response["Cache-Control"], path
            else:
                led_to_queue = {302} if name == "comments:comment" and who == "moderator" else set()
                assert response.status_code in statuses_for(surface, state) | led_to_queue, path
                assert_silent(response, words)


@pytest.mark.parametrize("who", SHOWN_TO)
def test_insiders_do_see_it_there(client, who):
    words = make_all_hidden()
    sign_in_insider(client, who)

    for name in SHOWN_TO[who]:
        for path, state, response in asked(client, TABLE[name].paths, words):
            if state in LIVING:
                assert words[state] in response.content.decode().lower(), path


def sign_in_insider(client, who):
    """Somebody with a role; the author is one of those who wrote each post."""
    cache.clear()
    SiteSettings(security_contact="security@example.org").save()
    insider = make_user(display_name="Insider")
    roles.give(insider, who.title())
    if who == "author":
        for post in Post.everything.all():
            Byline.objects.create(post=post, user=insider, position=9)
    client.force_login(insider)
