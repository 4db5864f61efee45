"""What the desk says of addresses: the old one that keeps working, and those there were."""

import pytest
from django.urls import reverse

from posts import redirects
from posts.models import Redirect
from posts.tests.authors import sign_in
from posts.tests.factories import make_page, make_post, make_series, make_tag
from posts.tests.writing import address, edit

pytestmark = pytest.mark.django_db


def make_used(make):
    def made(slug):
        group = make(slug=slug)
        make_post(**{"tags": [group]} if make is make_tag else {"series": group})
        return group

    return made


def said_by(desk, thing, **changes) -> str:
    edit(desk, thing, **changes)
    url = address("change", thing.pk, model=thing._meta.model_name)
    return desk.get(url).content.decode()


@pytest.mark.parametrize(
    ("make", "old"),
    [
        (lambda slug: make_post(slug=slug), "/post/first/"),
        (lambda slug: make_page(slug=slug), "/first/"),
        (make_used(make_tag), "/tag/first/"),
        (make_used(make_series), "/series/first/"),
    ],
)
def test_changed_slug_is_told_and_listed(admin_client, client, make, old):
    thing = make("first")

    page = said_by(admin_client, thing, slug="second")

    assert f"The old address {old} keeps working" in page
    former = Redirect.objects.get()
    assert reverse("admin:posts_redirect_delete", args=[former.pk]) in page
    assert client.get(old).status_code == 301


def test_changed_slug_of_a_draft_is_not_worth_a_word(admin_client):
    page = said_by(admin_client, make_post(slug="first", published_at=None), slug="second")

    assert "keeps working" not in page


def test_slug_that_led_elsewhere_is_told(admin_client, client):
    moved = make_post(slug="first", title="Zqmoved")
    moved.slug = "second"
    moved.save()
    other = make_post(slug="third")

    page = said_by(admin_client, other, slug="first")

    assert "Until now /post/first/ led to “Zqmoved”" in page
    assert client.get("/post/first/").status_code == 200
    assert client.get("/post/third/")["Location"] == "/post/first/"


def test_author_learns_no_name_by_a_former_address(client):
    hidden = make_post(slug="first", title="Zqhidden", published_at=None)
    hidden.slug = "second"
    hidden.save()
    own = make_post(authors=[sign_in(client)], published_at=None)

    page = said_by(client, own, slug="first")

    assert "Zqhidden" not in page


def test_author_forgets_no_address(client):
    own = make_post(authors=[sign_in(client)], published_at=None, slug="first")

    page = said_by(client, own, slug="second")

    assert "/post/first/" in page
    assert "/redirect/" not in page


def test_swapped_slugs_lead_to_what_has_them_now(client):
    one, other = make_post(slug="a"), make_post(slug="b")
    for post, slug in [(one, "c"), (other, "a"), (one, "b")]:
        post.slug = slug
        post.save()

    assert client.get("/post/a/").context["post"] == other
    assert client.get("/post/b/").context["post"] == one
    assert client.get("/post/c/")["Location"] == "/post/b/"


def test_chain_of_slugs_is_one_hop_away(client):
    post = make_post(slug="a")
    for slug in ["b", "c", "d"]:
        post.slug = slug
        post.save()

    assert [client.get(f"/post/{slug}/")["Location"] for slug in "abc"] == ["/post/d/"] * 3


def test_list_of_former_addresses_is_bounded(admin_client):
    post = make_post()
    for number in range(30):
        redirects.remember(post, f"/old/{number}/")

    page = admin_client.get(address("change", post.pk)).content.decode()

    assert page.count('aria-label="Forget /old/') == 20
    assert "and more" in page
