"""`manage.py empty_site`: from the demo to a blog of one's own."""

import pytest
from django.core.management import CommandError, call_command

from accounts.models import User
from posts.models import Post, SiteSettings, Tag
from posts.tests.factories import make_post, make_tag, make_user

pytestmark = pytest.mark.django_db


def test_empty_site_removes_content_and_keeps_who_can_sign_in(client):
    administrator = User.objects.create_superuser("admin@example.org", "a long password")
    make_post(authors=[administrator], tags=[make_tag()], deleted_at=None)
    make_post(authors=[make_user(email=None)])
    SiteSettings(title="The demo's name").save()

    call_command("empty_site", yes=True)

    assert list(User.objects.all()) == [administrator]
    assert not Post.everything.exists()
    assert not Tag.objects.exists()
    assert "Nothing has been published yet" in client.get("/").content.decode()


def test_empty_site_asks_first():
    post = make_post()

    with pytest.raises(CommandError, match="--yes"):
        call_command("empty_site")

    assert list(Post.objects.all()) == [post]
