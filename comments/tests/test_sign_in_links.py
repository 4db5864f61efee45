"""From the form of a comment to the entrance and back."""

import pytest
from django.urls import reverse

from comments.models import CommentSettings
from posts.models import SiteSettings
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def links(post) -> list[str]:
    back = f"?next={post.get_absolute_url()}%23comment-write"
    return [reverse("account_login") + back, reverse("account_signup") + back]


@pytest.mark.parametrize("policy", CommentSettings.Policy.values)
def test_guest_is_led_to_the_entrance_and_back(client, policy):
    SiteSettings().save()
    CommentSettings(site_id=1, policy=policy).save()
    post = make_post()

    page = client.get(post.get_absolute_url()).content.decode()

    assert [link for link in links(post) if link not in page] == []


def test_member_needs_no_entrance(client):
    post = make_post()
    client.force_login(make_user())

    page = client.get(post.get_absolute_url()).content.decode()

    assert [link for link in links(post) if link in page] == []


def test_member_is_told_as_whom_they_write(client):
    post = make_post()
    client.force_login(make_user(display_name="李伟"))

    page = client.get(post.get_absolute_url()).content.decode()

    home = reverse("accounts:home")
    assert f'You write as <a href="{home}"><bdi>李伟</bdi></a>.' in page


def test_closed_discussion_leads_nobody_to_sign_in(client):
    post = make_post(comments_open=False)

    page = client.get(post.get_absolute_url()).content.decode()

    assert [link for link in links(post) if link in page] == []


def test_link_leads_back_to_the_form(client):
    post = make_post()
    person = make_user(password="some unusual words")
    address = links(post)[0]
    client.get(address)

    response = client.post(
        reverse("account_login"),
        {"login": person.email, "password": "some unusual words"}
        | {"next": f"{post.get_absolute_url()}#comment-write"},
    )

    assert response["Location"] == f"{post.get_absolute_url()}#comment-write"
