"""Two editors who save at the same moment."""

import threading

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models.signals import pre_save
from django.urls import reverse

from posts.models import Post, Redirect, Tag
from posts.tests.factories import make_post, make_tag, make_user
from posts.tests.writing import errors_of, write

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        "sqlite" in connection.settings_dict["ENGINE"], reason="SQLite lets in one writer at a time"
    ),
]


def elsewhere(action, *args, **kwargs):
    """Do it as another request would: in a thread and a transaction of its own."""

    def run():
        action(*args, **kwargs)
        connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()


@pytest.fixture
def just_before():
    """Does something once, when a row of a model is about to be saved after all checks."""
    receivers = []

    def register(model, action, **fields):
        def act(sender, **kwargs):
            pre_save.disconnect(act, sender=model)
            elsewhere(action, **fields)

        receivers.append((act, model))
        pre_save.connect(act, sender=model)

    yield register
    for act, model in receivers:
        pre_save.disconnect(act, sender=model)


def test_same_address_is_an_error_beside_the_field(desk, just_before):
    just_before(Post, make_post, slug="taken")

    response = write(desk, title="Mine", slug="taken")

    assert errors_of(response) == {"slug": ["Post with this Slug already exists."]}
    assert Post.objects.count() == 1


def test_address_made_by_the_site_is_the_next_free_one(desk, just_before):
    just_before(Post, make_post, slug="a-walk")

    write(desk, title="A walk")

    assert sorted(Post.objects.values_list("slug", flat=True)) == ["a-walk", "a-walk-2"]


def test_same_new_tag_is_one_tag(desk, just_before):
    just_before(Tag, make_tag, name="Python")

    write(desk, title="Mine", tag_names="python")

    assert [tag.name for tag in Post.objects.get().tags.all()] == ["Python"]
    assert Tag.objects.count() == 1


def test_same_name_of_a_tag_is_an_error_of_the_form(desk, just_before):
    just_before(Tag, make_tag, name="Python", slug="one")

    response = desk.post(reverse("admin:posts_tag_add"), {"name": "PYTHON", "slug": "two"})

    assert "There is a tag with this name already." in response.content.decode()


@pytest.mark.parametrize(
    ("first", "field", "told"),
    [
        ({"email": "ada@example.org"}, "email", "Somebody already uses this e-mail."),
        ({"handle": "ada"}, "handle", "Person with this Handle already exists."),
    ],
)
def test_same_person_is_an_error_beside_the_field(desk, just_before, first, field, told):
    person = make_user(email="old@example.org", handle="old")
    url = reverse("admin:accounts_user_change", args=[person.pk])
    data = {"email": person.email, "handle": person.handle, "is_active": "on"} | first
    just_before(get_user_model(), make_user, **first)

    response = desk.post(url, data)

    assert told in errors_of(response)[field]


def test_person_added_twice_is_an_error_beside_the_field(desk, just_before):
    data = {"display_name": "Ada", "email": "ada@example.org", "usable_password": "false"}
    just_before(get_user_model(), make_user, email="ada@example.org")

    response = desk.post(reverse("admin:accounts_user_add"), data)

    assert "Somebody already uses this e-mail." in errors_of(response)["email"]


def test_same_former_address_is_an_error_beside_the_field(desk, just_before):
    just_before(Redirect, Redirect.objects.create, path="/old/", gone=True)

    response = desk.post(reverse("admin:posts_redirect_add"), {"path": "/old/", "to_path": "/a/"})

    assert list(errors_of(response)) == ["path"]
