"""Links to drafts: what they show, to whom, and for how long."""

import logging
from datetime import timedelta

import pytest
from django.core import signing
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from accounts.leaving import person_leaves
from accounts.models import User
from blogsite.audit.models import Event
from blogsite.log import LineFormatter
from blogsite.readonly import state
from posts import draft_links, trash
from posts.models import DraftLink, Post
from posts.tests.authors import sign_in
from posts.tests.factories import an_hour_ago, in_an_hour, make_post, make_user
from posts.tests.writing import address, edit, staff_with

pytestmark = pytest.mark.django_db


def share(post=None, **fields) -> str:
    """The path of a link to a new draft called Zqdraft, unless told otherwise."""
    post = post or make_post(title="Zqdraft", slug="zqslug", body="zqbody", published_at=None)
    link = draft_links.make(post, make_user(is_staff=True, is_superuser=True), days=7)
    DraftLink.objects.filter(pk=link.pk).update(**fields)
    return path_of(link)


def path_of(link) -> str:
    return draft_links.address_of(link).partition("/draft/")[2].join(["/draft/", ""])


def is_over(response) -> bool:
    said = response.content.decode() + str(response.headers)
    return "This link is over" in said and "zq" not in said.lower()


# --- Reading ----------------------------------------------------------------------


def test_link_shows_the_draft_as_it_is_now(client):
    path = share()
    Post.objects.update(title="Renamed")

    page = client.get(path)

    assert page.status_code == 200
    assert "Renamed" in page.content.decode()
    assert "A draft, shared with you." in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "no-referrer"
    assert not page.cookies
    assert "Link" not in page
    assert 'name="body"' not in page.content.decode()


def test_link_shows_the_text_as_the_page_will(client):
    post = make_post(body="# Zq\n\nSome *text* with `code`.", published_at=None)
    shared = client.get(share(post)).content.decode()
    Post.objects.update(published_at=an_hour_ago())

    page = client.get(post.get_absolute_url()).content.decode()

    def text(html):
        return html.split('<div class="post-body">')[1].split('<footer class="post-foot">')[0]

    assert text(shared) == text(page)


@pytest.mark.parametrize(
    "fields",
    [
        {"revoked_at": timezone.now()},
        {"expires_at": timezone.now() - timedelta(seconds=1)},
        {"secret": "another"},
    ],
)
def test_link_that_is_over_tells_nothing(client, fields):
    response = client.get(share(**fields))

    assert response.status_code == 404
    assert is_over(response)


@pytest.mark.parametrize(
    "token", ["x", "1-x", "1-x.y", "1-\x00.y", "9" * 40 + "-x.y", "é.ü", "a" * 5000]
)
def test_link_that_nobody_made_tells_nothing(client, token):
    share()

    response = client.get(reverse("posts:draft", args=[token]))

    assert response.status_code == 404
    assert is_over(response)


def test_signature_of_something_else_opens_nothing(client):
    share()
    link = DraftLink.objects.get()
    forged = signing.Signer(salt="other", sep=".").sign(f"{link.pk}-{link.secret}")

    assert client.get(f"/draft/{forged}/").status_code == 404


def test_key_of_one_link_does_not_open_another(client):
    path = share()
    link = DraftLink.objects.get()
    other = draft_links.make(make_post(title="Other", published_at=None), None, days=1)
    stolen = path.replace(f"/draft/{link.pk}-", f"/draft/{other.pk}-")

    assert is_over(client.get(stolen))


def test_link_to_a_trashed_draft_tells_nothing(client):
    path = share()
    trash.move_to_trash(Post.objects.get(), by=None)

    assert is_over(client.get(path))


def test_link_to_an_expired_post_tells_nothing(client):
    path = share()
    Post.objects.update(published_at=an_hour_ago(), expires_at=an_hour_ago())

    assert is_over(client.get(path))


def test_link_is_over_when_the_date_has_come(client):
    path = share(make_post(slug="soon", published_at=in_an_hour()))
    assert client.get(path).status_code == 200
    Post.objects.update(published_at=timezone.now())

    response = client.get(path)

    assert response.status_code == 410
    assert 'href="/post/soon/"' in response.content.decode()


def test_withdrawn_link_does_not_lead_to_the_published_post(client):
    path = share(revoked_at=timezone.now())
    Post.objects.update(published_at=an_hour_ago())

    assert is_over(client.get(path))


def test_link_stays_over_when_the_post_is_taken_back(client):
    path = share()
    Post.objects.update(published_at=an_hour_ago())
    draft_links.close_published()
    Post.objects.update(published_at=None)

    assert is_over(client.get(path))


def test_link_from_before_the_publication_does_not_open_what_was_taken_back(client):
    path = share()
    post = Post.objects.get()
    Post.objects.update(published_at=an_hour_ago(), withdrawn_at=timezone.now())
    Post.objects.update(published_at=None)

    assert is_over(client.get(path))
    assert client.get(share(post)).status_code == 200


def test_form_that_publishes_ends_the_links(admin_client):
    share()

    edit(admin_client, Post.objects.get(), button="_publish")

    assert not DraftLink.objects.open().exists()


def test_only_openings_by_somebody_are_counted(client):
    path = share()

    client.get(path)
    client.get(path)
    client.head(path)
    client.get(path, headers={"Sec-Purpose": "prefetch;prerender"})
    assert client.post(path).status_code == 405

    link = DraftLink.objects.get()
    assert link.opened_count == 2
    assert link.last_opened_at


def test_link_opens_while_the_site_is_read_only(client):
    path = share()
    state.close()

    assert client.get(path).status_code == 200
    assert DraftLink.objects.get().opened_count == 0


@pytest.mark.skipif(connection.vendor != "sqlite", reason="SQLite locks the whole database")
@pytest.mark.django_db(transaction=True)
def test_link_opens_while_somebody_else_writes(client):
    import sqlite3

    path = share()
    client.get(path)
    other = sqlite3.connect(connection.get_connection_params()["database"], uri=True)
    other.execute("BEGIN IMMEDIATE")

    response = client.get(path)

    other.rollback()
    other.close()
    assert response.status_code == 200


def test_old_links_are_forgotten():
    share(expires_at=timezone.now() - timedelta(days=91))
    kept = make_post(published_at=None)
    share(kept, expires_at=timezone.now() - timedelta(days=89))

    assert draft_links.forget_old() == 1
    assert DraftLink.objects.get().post == kept


# --- At the desk ------------------------------------------------------------------


def make_at_desk(desk, post, **fields):
    data = {"days": "7", "label": "Ada"} | fields
    return desk.post(reverse("admin:posts_post_share", args=[post.pk]), data)


def test_editor_makes_and_withdraws_a_link(admin_client, admin_user, client):
    post = make_post(published_at=None)

    made = make_at_desk(admin_client, post)
    link = DraftLink.objects.get()
    page = admin_client.get(address("change", post.pk)).content.decode()

    assert made.url == address("change", post.pk) + "#draft-links"
    assert (link.label, link.made_by) == ("Ada", admin_user)
    assert draft_links.address_of(link) in page

    admin_client.post(reverse("admin:posts_draftlink_revoke", args=[link.pk]))
    page = admin_client.get(address("change", post.pk)).content.decode()

    assert draft_links.address_of(link) not in page
    assert "Withdrawn" in page
    assert client.get(path_of(link)).status_code == 404


def test_script_gets_the_panel_anew(admin_client):
    post = make_post(published_at=None)
    url = reverse("admin:posts_post_share", args=[post.pk])

    answer = admin_client.post(url, {"days": "7"}, headers={"Accept": "application/json"})

    assert draft_links.address_of(DraftLink.objects.get()) in answer.json()["panel"]


@pytest.mark.parametrize("fields", [{"days": "8"}, {"days": ""}, {"label": "x" * 81}])
def test_link_with_nonsense_is_not_made(admin_client, fields):
    make_at_desk(admin_client, make_post(published_at=None), **fields)

    assert not DraftLink.objects.exists()


def test_number_of_open_links_is_limited(admin_client):
    post = make_post(published_at=None)
    for _number in range(20):
        draft_links.make(post, None, days=1)

    make_at_desk(admin_client, post)

    assert DraftLink.objects.count() == 20


def test_published_post_has_nothing_to_share(admin_client):
    post = make_post()

    assert make_at_desk(admin_client, post).status_code == 403
    assert "draft-link-form" not in admin_client.get(address("change", post.pk)).content.decode()


def test_author_shares_their_own_draft_only(client):
    author = sign_in(client)
    own = make_post(authors=[author], published_at=None)
    foreign = make_post(published_at=None)
    link = draft_links.make(foreign, None, days=1)

    assert make_at_desk(client, own).status_code == 302
    assert make_at_desk(client, foreign).status_code in {302, 403, 404}
    client.post(reverse("admin:posts_draftlink_revoke", args=[link.pk]))

    assert own.draft_links.count() == 1
    assert list(DraftLink.objects.open().filter(post=foreign)) == [link]


def test_who_may_only_look_sees_no_link(client):
    post = make_post(published_at=None)
    link = draft_links.make(post, None, days=1)
    staff_with(client, "view_post")

    page = client.get(address("change", post.pk)).content.decode()

    assert "draft-links-title" not in page
    assert draft_links.address_of(link) not in page


def test_log_of_the_server_names_no_token():
    link = draft_links.make(make_post(published_at=None), None, days=1)
    line = logging.LogRecord("x", 30, "", 0, "Not Found: %s", (path_of(link),), None)

    said = LineFormatter("%(message)s").format(line)

    assert said == "Not Found: /draft/.../"


def test_record_names_no_token(admin_client, caplog):
    post = make_post(published_at=None)
    make_at_desk(admin_client, post)
    link = DraftLink.objects.get()
    admin_client.post(reverse("admin:posts_draftlink_revoke", args=[link.pk]))

    events = Event.objects.filter(verb__startswith="posts.draft_link")

    assert {event.verb for event in events} == {
        "posts.draft_link_made",
        "posts.draft_link_revoked",
    }
    assert all(link.secret not in str(event.details) for event in events)
    assert link.secret not in caplog.text


def test_panel_takes_the_same_queries_for_many_links(admin_client, django_assert_max_num_queries):
    from django.test.utils import CaptureQueriesContext

    post = make_post(published_at=None)
    draft_links.make(post, make_user(), days=1)
    url = address("change", post.pk)
    admin_client.get(url)
    with CaptureQueriesContext(connection) as one:
        admin_client.get(url)
    for _number in range(29):
        draft_links.make(post, make_user(), days=1)

    with django_assert_max_num_queries(len(one)):
        admin_client.get(url)


@pytest.mark.parametrize("loss", ["is_active", "is_staff", "is_superuser"])
def test_link_ends_when_its_maker_may_not_see_the_draft_any_more(client, loss):
    path = share()
    maker = DraftLink.objects.get().made_by
    assert client.get(path).status_code == 200

    setattr(maker, loss, False)
    maker.save()

    assert is_over(client.get(path))


def test_link_of_an_author_ends_when_the_post_is_no_longer_theirs(client):
    author = make_user()
    roles.give(author, roles.AUTHOR)
    post = make_post(published_at=None, authors=[author])
    path = path_of(draft_links.make(post, author, days=1))
    assert client.get(path).status_code == 200

    post.bylines.all().delete()

    assert is_over(client.get(path))


def test_links_of_somebody_who_leaves_end(client):
    path = share()
    maker = DraftLink.objects.get().made_by

    person_leaves.send(User, user=maker, leaving=User.Leaving.ANONYMISE)
    maker.delete()

    assert is_over(client.get(path))
