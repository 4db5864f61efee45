"""What the writing page asks the server for: facts of a text, links and pictures to put in."""

import pytest

from blogsite.audit.models import Event
from posts.models import Image, Post
from posts.rendering import render_post
from posts.tests.factories import make_page, make_post
from posts.tests.pictures import picture_bytes, store
from posts.tests.test_upload import PREVIEW, sign_in

pytestmark = pytest.mark.django_db

TARGETS = "/admin/writing/targets/"
PICTURES = "/admin/writing/pictures/"


def preview(client, source):
    return client.post(PREVIEW, {"content": source}, headers={"accept": "application/json"}).json()


def test_preview_as_json_has_the_html_and_its_facts(client):
    sign_in(client, "add_post")
    source = "One two.\n\n## Leaves\n\n- a\n- b\n\n```\nx\n```\n"

    answer = preview(client, source)

    assert answer == {
        "html": render_post(source).html,
        "words": render_post(source).word_count,
        "minutes": 1,
        "toc": [{"level": 2, "id": "leaves", "text": "Leaves", "line": 3}],
        "blocks": [[1, False], [3, True], [5, False], [8, False]],
    }


def test_lines_of_a_text_with_crlf_are_the_same(client):
    sign_in(client, "add_post")

    assert preview(client, "a\r\n\r\n## b\r\n")["blocks"] == [[1, False], [3, True]]


def test_text_over_the_limits_has_no_lines(client):
    sign_in(client, "add_post")

    answer = preview(client, "word " * 50_000)

    assert (answer["blocks"], answer["toc"]) == ([], [])


def titles(client, sought):
    return [each["title"] for each in client.get(TARGETS, {"q": sought}).json()["results"]]


def test_many_posts_hide_no_page(client):
    sign_in(client, "add_post")
    for number in range(10):
        make_post(title=f"Tea {number}")
    make_page(title="Tea house")

    found = titles(client, "tea")

    assert len(found) == 8
    assert found[-1] == "Tea house"


def test_author_finds_what_is_published_and_their_own_drafts(client):
    author = sign_in(client, "add_post")
    make_post(title="Tea in public")
    make_post(title="Tea of mine", published_at=None, authors=[author])
    make_post(title="Tea of others", published_at=None)
    make_post(title="Coffee")

    assert titles(client, "tea") == ["Tea of mine", "Tea in public"]


def test_editor_finds_every_draft_and_nothing_from_the_trash(client):
    sign_in(client, "change_post")
    make_post(title="Tea of others", published_at=None)
    trashed = make_post(title="Tea in the trash")
    Post.everything.filter(pk=trashed.pk).update(deleted_at="2026-01-01T00:00Z")

    assert titles(client, "TEA") == ["Tea of others"]


def test_found_post_is_found_by_its_slug_and_brings_its_address(client):
    sign_in(client, "add_post")
    make_post(title="Tea", slug="camellia")

    found = client.get(TARGETS, {"q": "camel"}).json()["results"]

    assert found == [
        {"title": "Tea", "address": "/post/camellia/", "kind": "post", "status": "published"}
    ]


def test_pictures_are_found_newest_first_and_only_where_they_may_be_seen(client):
    author = sign_in(client, "add_post", "add_image")
    store(picture_bytes(colour="red"), alt="A red box")
    older = store(picture_bytes(colour="blue"), alt="A blue box", uploaded_by=author)
    newer = store(picture_bytes(colour="green"), alt="A green box", uploaded_by=author)
    store(picture_bytes(colour="white"), alt="Snow", uploaded_by=author)

    answer = client.get(PICTURES, {"q": "box"}).json()

    assert [each["pk"] for each in answer["pictures"]] == [newer.pk, older.pk]
    assert answer["next"] is None


def test_picture_says_where_it_is_used(client):
    sign_in(client, "change_post", "change_image")
    image = store(picture_bytes(), alt="A box")
    post = make_post(title="With a box", body=f"![]({image.url})")

    used_in = client.get(f"{PICTURES}{image.pk}/").json()["used_in"]

    assert used_in == [{"title": "With a box", "address": f"/admin/posts/post/{post.pk}/change/"}]


def test_description_is_changed_and_recorded(client):
    author = sign_in(client, "add_post", "add_image")
    image = store(picture_bytes(), uploaded_by=author)

    answer = client.post(f"{PICTURES}{image.pk}/", {"alt": "A [teal] box"})

    assert answer.json()["code"] == f"![A \\[teal\\] box]({image.url})"
    assert Image.objects.get().alt == "A [teal] box"
    assert Event.objects.filter(verb="posts.image_changed").count() == 1


@pytest.mark.parametrize("alt", ["x" * 501, "a\0b"])
def test_description_that_does_not_fit_is_refused_in_words(client, alt):
    author = sign_in(client, "add_post", "add_image")
    image = store(picture_bytes(), alt="Before", uploaded_by=author)

    response = client.post(f"{PICTURES}{image.pk}/", {"alt": alt})

    assert response.status_code == 400
    assert response.json()["error"]
    assert Image.objects.get().alt == "Before"


def test_picture_of_another_is_neither_shown_nor_described(client):
    sign_in(client, "add_post", "add_image")
    image = store(picture_bytes(), alt="Before")

    answers = [
        client.get(f"{PICTURES}{image.pk}/"),
        client.post(f"{PICTURES}{image.pk}/", {"alt": ""}),
    ]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert Image.objects.get().alt == "Before"


@pytest.mark.parametrize("path", [TARGETS, PICTURES, f"{PICTURES}1/"])
def test_writing_aids_are_closed_to_who_does_not_write(client, path):
    anonymous = client.get(path).status_code
    sign_in(client, "view_post", "view_image")
    reader = client.get(path).status_code

    assert (anonymous, reader) == (403, 403)
