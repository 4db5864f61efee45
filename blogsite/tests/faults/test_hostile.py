"""What attackers write, wherever it is shown: nothing of it runs, or leaves its place.

Sent by the form, looked at in Chromium: as a reader, as a moderator, and as who gets the mails.
"""

from itertools import count
from urllib.parse import quote

import pytest
from django.test import Client

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from blogsite.tests.faults.furniture import MOST
from blogsite.tests.faults.payloads import BODIES, EMAILS, MARKUP, SITES, TOKENS
from blogsite.tests.faults.trap import Trap
from comments import moderation
from comments.models import Comment, Discussion, Status
from comments.tests.factories import make_comment
from comments.tests.letters import links_in, make_subscription
from comments.tests.moderating import QUEUE
from comments.tests.writing import HERE, send, set_rules
from posts.tests.factories import make_post
from posts.tests.test_rendering_hostile import faults

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SHARE = 9  # of the corpus, for the quick test: every ninth
ADMIN_PAGES = [
    f"{QUEUE}?status=all&p={{}}",
    "/admin/comments/decision/?p={}",
    "/admin/outgoing/message/?p={}",
]


@pytest.fixture
def trap(page, blocked_requests):
    trap = Trap(page)
    yield trap
    assert trap.sprung == []
    assert blocked_requests == [], "a page asked another site"


@pytest.fixture
def post():
    set_rules(policy="held", moderator_mails_an_hour=MOST, mails_an_hour=MOST, mails_a_day=MOST)
    post = make_post(slug="wall")
    make_subscription(post, email="reader@example.org")
    return post


def as_moderator(page, live_site, django_user_model):
    user = django_user_model.objects.create_superuser("mod@example.org", "x", display_name="Mod")
    client = Client()
    client.force_login(user)
    cookie = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": cookie, "url": live_site}])


def send_all(client, post, every: int) -> list[str]:
    """Send each payload in its field; the pages of those that were refused."""
    forms = [{"body": text} for text in BODIES]
    forms += [{"name": text} for text in MARKUP]
    forms += [{"site": text} for text in SITES]
    forms += [{"email": text} for text in EMAILS]
    forms += [{"body": text} for text in MARKUP]
    refused = [send(client, post, parent=text) for text in MARKUP[::every]]
    numbers = count()
    for form in forms[::every]:
        number = next(numbers)
        text = quote(next(iter(form.values())), safe="<>'\"=() ")
        headers = HERE | {"Referer": f"http://testserver/{text}", "User-Agent": text}
        own = {"body": f"Number {number}.", "name": f"Visitor {number}"} | form
        address = f"10.0.{number // 250}.{number % 250}"
        client.cookies.clear()
        refused.append(send(client, post, headers=headers, address=address, **own))
    assert {answer.status_code for answer in refused} <= {303, 422}
    return [answer.content.decode() for answer in refused if answer.status_code == 422]


def store_as_imported(post, every: int) -> None:
    """Rows that no form would take, but an import may bring."""
    for text in MARKUP[::every]:
        text = text.replace("\0", "")
        make_comment(post, name=text, site=text, email=text, body=text, body_format="html")


def test_nothing_of_a_sample_runs_or_breaks_out(client, trap, post, live_site, django_user_model):
    attack(client, trap, post, live_site, django_user_model, every=SHARE)


@pytest.mark.faults
def test_nothing_of_the_corpus_runs_or_breaks_out(client, trap, post, live_site, django_user_model):
    attack(client, trap, post, live_site, django_user_model, every=1)


def attack(client, trap, post, live_site, django_user_model, every):
    as_moderator(trap.page, live_site, django_user_model)
    refused = send_all(client, post, every)
    store_as_imported(post, every)
    run_until_idle()
    waiting = Message.objects.order_by("pk").last()
    moderators_see(trap)
    for path in links_in(waiting)[:3]:
        trap.visit(path)
    moderation.decide_about_all(
        Comment.objects.pending(), Status.APPROVED, by=django_user_model.objects.get(is_staff=True)
    )
    run_until_idle()
    moderators_see(trap)
    trap.page.context.clear_cookies()
    readers_see(trap, post)
    feeds_hold(client, post)
    for html in [*refused, *Message.objects.values_list("html", flat=True)]:
        trap.show(html)


def moderators_see(trap) -> None:
    for address in ADMIN_PAGES:
        number = 1
        while number:
            assert trap.visit(address.format(number)) == 200
            more = trap.page.locator(f'a[href*="p={number + 1}"]').count()
            number = number + 1 if more else 0
    keys = Comment.objects.order_by("?").values_list("pk", flat=True)[:5]
    for key in keys:
        trap.visit(f"{QUEUE}{key}/change/")
    for key in Message.objects.order_by("?").values_list("pk", flat=True)[:5]:
        trap.visit(f"/admin/outgoing/message/{key}/change/")


def readers_see(trap, post) -> None:
    """Every comment once, in its element, under the name of its author."""
    names = {f"comment-{row.pk}": one_line(row.author_name) for row in Comment.objects.approved()}
    seen = {}
    path = f"/post/{post.slug}/"
    while path:
        assert trap.visit(path) == 200
        seen |= trap.page.locator("article.comment").evaluate_all(
            "all => Object.fromEntries(all.map(one =>"
            " [one.id, one.querySelector('.comment-author').textContent]))"
        )
        following = trap.page.locator('a[rel~="next"][href*="comments/"]')
        path = following.first.get_attribute("href") if following.count() else ""
    assert {key: one_line(name) for key, name in seen.items()} == names


def one_line(name: str) -> str:
    return " ".join(name.split())


def feeds_hold(client, post) -> None:
    import feedparser

    for path in ["/comments/feed/", "/comments/rss/", f"/post/{post.slug}/comments/feed/"]:
        feed = feedparser.parse(client.get(path).content, sanitize_html=False)
        assert not feed.bozo
        assert feed.entries
        for entry in feed.entries:
            for part in entry.get("content", []):
                assert faults(part.value) == []


@pytest.mark.faults
@pytest.mark.parametrize(
    "address",
    [
        "/comments/mail/{}/",
        "/comments/mail/confirm/{}/",
        "/comments/mail/stop/{}/",
        "/comments/decide/{}/",
        "/post/wall/comments/?reply={}",
        "/post/wall/comments/?page={}&thread={}&order={}",
        f"{QUEUE}?q={{}}&status={{}}&post={{}}&reason={{}}",
    ],
)
def test_no_token_in_an_address_runs_or_breaks(
    client, trap, post, live_site, django_user_model, address
):
    make_comment(post)
    as_moderator(trap.page, live_site, django_user_model)
    Discussion.refresh([post.pk])

    for token in TOKENS:
        path = address.replace("{}", quote(token, safe=""))
        assert trap.visit(path) in {200, 302, 400, 404, 410, 414}
