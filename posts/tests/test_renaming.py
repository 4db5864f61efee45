"""Rows that are renamed by two who read them before."""

import pytest

from accounts.models import User
from posts.models import Page, Post, Redirect, Series, Tag
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

pytestmark = pytest.mark.django_db


def make_author(slug):
    user = make_user(handle=slug)
    make_post(authors=[user])
    return user


def make_used(make):
    def made(slug):
        group = make(slug=slug)
        make_post(**{"tags": [group]} if make is make_tag else {"series": group})
        return group

    return made


@pytest.mark.parametrize(
    ("model", "make", "field", "folder"),
    [
        (Post, lambda slug: make_post(slug=slug), "slug", "/post/"),
        (Page, lambda slug: make_page(slug=slug), "slug", "/"),
        (Tag, make_used(make_tag), "slug", "/tag/"),
        (Series, make_used(make_series), "slug", "/series/"),
        (User, make_author, "handle", "/author/"),
    ],
)
def test_every_former_address_is_kept(client, model, make, field, folder):
    pk = make("first").pk
    one, other = model.objects.get(pk=pk), model.objects.get(pk=pk)

    for row, name in [(one, "second"), (other, "third")]:
        setattr(row, field, name)
        row.save()

    assert client.get(f"{folder}first/").url == f"{folder}third/"
    assert client.get(f"{folder}second/").url == f"{folder}third/"


def test_saving_other_columns_of_an_old_row_renames_nothing(client):
    post = make_post(slug="first")
    old = Post.objects.get()
    post.slug = "second"
    post.save()

    old.title = "Other"
    old.save(update_fields=["title"])

    assert client.get("/post/first/").url == "/post/second/"
    assert client.get("/post/second/").status_code == 200


def test_former_handle_of_an_author_is_nobody_elses(client):
    """Else whoever takes it would get the visitors of every old link."""
    ada = make_user(handle="ada")
    make_post(authors=[ada])
    ada.handle = "countess"
    ada.save()
    mallory = make_user(handle="mallory")
    client.force_login(mallory)
    data = {"display_name": "Mallory", "handle": "ADA"}

    page = client.post("/account/profile/", data).content.decode()

    mallory.refresh_from_db()
    assert "Somebody already has this handle." in page
    assert mallory.handle == "mallory"
    assert client.get("/author/ada/").headers["Location"].endswith("/author/countess/")


def test_author_may_take_a_former_handle_back(client):
    ada = make_user(handle="ada")
    make_post(authors=[ada])
    ada.handle = "countess"
    ada.save()
    client.force_login(ada)

    client.post("/account/profile/", {"display_name": "Ada", "handle": "ada"})

    assert client.get("/author/ada/").status_code == 200
    assert client.get("/author/countess/").headers["Location"].endswith("/author/ada/")


def test_handles_without_a_page_are_not_hoarded(client):
    member = make_user(handle="one")
    for handle in ["two", "three"]:
        member.handle = handle
        member.save()

    assert not Redirect.objects.exists()
