"""Lists at the desk end somewhere, say so, and lead further."""

import pytest
from django.urls import reverse

from blogsite.deskadmin.paging import MOST
from posts.models import Tag
from posts.tests.factories import make_user

pytestmark = pytest.mark.django_db

TAGS = reverse("admin:posts_tag_changelist")


@pytest.fixture
def desk(client):
    client.force_login(make_user(is_staff=True, is_superuser=True))
    return client


def make_tags(count: int) -> None:
    Tag.objects.bulk_create(
        Tag(name=f"Tag {number:05}", slug=f"tag-{number}") for number in range(count)
    )


def test_short_list_says_how_many_there_are(desk):
    make_tags(3)

    page = desk.get(TAGS).content.decode()

    assert "3 tags" in page
    assert "More than" not in page


def test_long_list_says_that_there_are_more_than_it_counts(desk):
    make_tags(MOST + 1)

    first = desk.get(TAGS)
    last = desk.get(TAGS, {"p": first.context["cl"].paginator.num_pages})
    searched = desk.get(TAGS, {"q": f"Tag {MOST:05}"})

    assert f"More than {MOST} tags" in " ".join(first.content.decode().split())
    assert f"Select all, more than {MOST}" in first.content.decode()
    assert str(last.context["cl"].result_list[-1]) == f"Tag {MOST - 1:05}"
    assert [str(tag) for tag in searched.context["cl"].result_list] == [f"Tag {MOST:05}"]


def test_page_behind_the_last_leads_to_the_first_with_a_word(desk):
    make_tags(150)

    page = desk.get(TAGS, {"p": "9999"}, follow=True)

    assert page.redirect_chain == [(f"{TAGS}?e=1", 302)]
    assert f"Lists end after {MOST} rows" in page.content.decode()


@pytest.mark.parametrize("number", ["-1", "x", "²", "9" * 500, "2"])
def test_page_that_makes_no_sense_leads_to_the_first_without_one(desk, number):
    make_tags(3)

    page = desk.get(TAGS, {"p": number}, follow=True)

    assert page.status_code == 200
    assert "Lists end" not in page.content.decode()
