"""Several tags become one."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from blogsite.audit.models import Event
from posts import tag_merging
from posts.models import Post, Redirect, Tag
from posts.tests.factories import make_post, make_tag
from posts.tests.writing import address, staff_with

pytestmark = pytest.mark.django_db

LIST = address("changelist", model="tag")


def merge_by_desk(desk, *tags, into, **fields):
    data = {"action": "merge_selected", "_selected_action": [tag.pk for tag in tags], "into": into}
    return desk.post(LIST, data | fields, follow=True)


def tags_of(post) -> list[str]:
    return sorted(post.tags.values_list("name", flat=True))


def test_posts_get_the_target_once():
    a, b, target = make_tag("A"), make_tag("B"), make_tag("Target")
    one, both, all_three = make_post(tags=[a]), make_post(tags=[a, b]), make_post(tags=[a, target])
    draft = make_post(tags=[b], published_at=None)

    assert tag_merging.merge([a, b, target], into=target) == 2

    assert [tags_of(post) for post in (one, both, all_three, draft)] == [["Target"]] * 4
    assert list(Tag.objects.all()) == [target]


def test_addresses_of_merged_tags_lead_to_the_target(client):
    old, target = make_tag("Old", slug="older"), make_tag("Target", slug="target")
    make_post(tags=[old])
    old.slug = "old"
    old.save()

    tag_merging.merge([old], into=target)

    for path, there in [
        ("/tag/old/", "/tag/target/"),
        ("/tag/older/", "/tag/target/"),
        ("/tag/old/feed/", "/tag/target/feed/"),
        ("/tag/old/feed.json", "/tag/target/feed.json"),
    ]:
        response = client.get(path)
        assert (response.status_code, response["Location"]) == (301, there)


def test_tag_of_drafts_alone_leaves_no_address(client):
    secret, target = make_tag("Secret"), make_tag("Target")
    make_post(tags=[secret], published_at=None)
    make_post(tags=[target])

    tag_merging.merge([secret], into=target)

    assert client.get("/tag/secret/").status_code == 404
    assert not Redirect.objects.exists()


def test_merging_back_and_forth_makes_no_circle(client):
    a, b = make_tag("A"), make_tag("B")
    make_post(tags=[a, b])
    tag_merging.merge([a], into=b)
    again = make_tag("A")
    make_post(tags=[again])

    tag_merging.merge([b], into=again)

    assert client.get("/tag/a/").status_code == 200
    assert client.get("/tag/b/")["Location"] == "/tag/a/"


def test_merging_into_itself_changes_nothing():
    tag = make_tag()
    post = make_post(tags=[tag])

    assert tag_merging.merge([tag], into=tag) == 0
    assert list(post.tags.all()) == [tag]


def test_merging_takes_the_same_statements_for_many_posts():
    def statements(posts):
        source, target = make_tag(), make_tag()
        for number in range(posts):
            make_post(tags=[source, target] if number % 2 else [source])
        with CaptureQueriesContext(connection) as captured:
            tag_merging.merge([source], into=target)
        return len(captured)

    assert statements(2) == statements(40)


# --- At the desk ------------------------------------------------------------------


def test_desk_asks_with_counts_before_it_merges(admin_client):
    a, b = make_tag("Zqa", description="Zqwords"), make_tag("Zqb")
    make_post(tags=[a, b])
    make_post(tags=[b])

    page = admin_client.post(LIST, {"action": "merge_selected", "_selected_action": [a.pk, b.pk]})

    html = page.content.decode()
    assert "Zqa: 1 post" in html
    assert "Zqb: 2 posts" in html
    assert "Zqwords" in html
    assert 'value="Zqb"' in html  # offered: the one with most posts
    assert Tag.objects.count() == 2


def test_desk_merges_and_says_so(admin_client, admin_user):
    a, b = make_tag("Zqa", description="Zqwords"), make_tag("Zqb")
    post = make_post(tags=[a, b])

    page = merge_by_desk(admin_client, a, b, into=" zqB ", description=a.pk)

    assert "1 tag became “Zqb”" in page.content.decode()
    assert tags_of(post) == ["Zqb"]
    assert Tag.objects.get().description == "Zqwords"
    event = Event.objects.get(verb="posts.tag_merged")
    assert (event.actor, event.target_id) == (admin_user, str(b.pk))


def test_desk_keeps_the_description_where_nobody_chooses(admin_client):
    a, b = make_tag("Zqa", description="Other"), make_tag("Zqb", description="Kept")

    merge_by_desk(admin_client, a, into="Zqb", description="")

    assert Tag.objects.get().description == b.description


@pytest.mark.parametrize("into", ["", "nobody", "x" * 101, "a\0b"])
def test_desk_refuses_a_target_that_is_none(admin_client, into):
    tag = make_tag("Zqa")

    page = merge_by_desk(admin_client, tag, into=into)

    assert page.status_code == 200
    assert "errorlist" in page.content.decode()
    assert Tag.objects.exists()


def test_desk_does_not_merge_one_into_itself(admin_client):
    tag = make_tag("Zqa")

    page = merge_by_desk(admin_client, tag, into="Zqa")

    assert "cannot be merged into itself" in page.content.decode()


@pytest.mark.parametrize("rights", [["view_tag", "change_tag"], ["view_tag", "delete_tag"]])
def test_who_may_not_change_and_delete_tags_merges_none(client, rights):
    a, b = make_tag("Zqa"), make_tag("Zqb")
    staff_with(client, *rights)

    merge_by_desk(client, a, b, into="Zqb")

    assert Tag.objects.count() == 2
    assert not Post.objects.exists()
