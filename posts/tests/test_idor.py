"""IDOR: an author asks for the rows of others by their keys, and for what would name them."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts import roles
from posts.models import Image, Post
from posts.tests.authors import make_secret, sign_in
from posts.tests.factories import make_page, make_post, make_user
from posts.tests.pictures import picture_bytes, store
from posts.tests.writing import address, edit, errors_of, write

AUTOCOMPLETE = "/admin/autocomplete/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    return sign_in(client)


@pytest.fixture
def secret():
    return make_secret()


@pytest.mark.parametrize("page", ["change", "delete", "history"])
def test_draft_of_another_is_as_if_it_were_not(client, author, secret, page):
    theirs = client.get(address(page, secret.pk), follow=True)
    nothing = client.get(address(page, 4711), follow=True)

    assert theirs.redirect_chain == nothing.redirect_chain
    assert theirs.status_code == nothing.status_code
    assert "zqsecret" not in theirs.content.decode().lower()


def test_nothing_at_the_desk_names_the_draft_of_another(client, author, secret):
    own = make_post(authors=[author], published_at=None)
    paths = ["/admin/", "/admin/posts/", address("add"), address("change", own.pk)]
    paths += [address("changelist") + query for query in QUERIES]
    paths += [address("changelist", model="image"), address("add", model="image")]
    kind = ContentType.objects.get_for_model(Post).pk
    paths += [f"/admin/r/{kind}/{secret.pk}/", f"/post/{secret.slug}/", f"/post/{secret.slug}.md"]

    named = {}
    for path in paths:
        response = client.get(path, follow=True)
        said = response.content.decode().lower() + str(response.redirect_chain)
        said = said.replace(path.lower(), "").replace("q=zqsecret", "").replace('"zqsecret"', "")
        if any(word in said for word in ("zqtag", "zqseries", "zqpicture", "zqwriter")):
            named[path] = said
        if "zqsecret words" in said or f"/post/{secret.pk}/change" in said:
            named[path] = said

    assert named == {}


QUERIES = [
    "",
    "?q=zqsecret",
    "?status=draft",
    "?status=review",
    "?authors__id__exact=1",
    "?tags__id__exact=1",
    "?body__contains=zqsecret",
    "?o=1",
]


@pytest.mark.parametrize(
    ("model", "field"), [("post", "superseded_by"), ("post", "cover"), ("post", "series")]
)
def test_lists_that_search_while_one_types_name_nothing_of_others(
    client, author, secret, model, field
):
    asked = {"app_label": "posts", "model_name": model, "field_name": field, "term": "zq"}

    answer = client.get(AUTOCOMPLETE, asked)

    assert answer.status_code == 403 or answer.json()["results"] == []


def test_author_cannot_show_the_picture_of_another(client, author, secret):
    post = make_post(authors=[author], published_at=None)

    response = edit(client, post, cover=secret.cover.pk)

    assert list(errors_of(response)) == ["cover"]
    post.refresh_from_db()
    assert post.cover is None


def test_author_cannot_take_a_tag_that_only_hidden_posts_carry(client, author, secret):
    known = write(client, title="Mine", tag_names="Zqtag")
    unknown = write(client, title="Mine", tag_names="Zqmade")

    first, second = errors_of(known)["tag_names"][0], errors_of(unknown)["tag_names"][0]
    assert first == second.replace("Zqmade", "Zqtag")


def test_upload_tells_nothing_of_the_same_picture_of_another(client, author):
    theirs = store(picture_bytes(), alt="Zqpicture", uploaded_by=make_user())

    data = {"image": SimpleUploadedFile("p.png", picture_bytes(), "image/png")}
    answer = client.post("/markdownx/upload/", data).json()

    own = Image.objects.get(uploaded_by=author)
    assert answer == {"image_code": f"![]({own.url})", "url": own.url, "alt": ""}
    assert own.file != theirs.file


def test_author_changes_words_of_own_pictures_only(client, author, secret):
    own = store(picture_bytes(), uploaded_by=author)
    words = {"alt": "New words", "caption": ""}

    client.post(address("change", own.pk, model="image"), words)
    client.post(address("change", secret.cover.pk, model="image"), words)

    assert list(Image.objects.filter(alt="New words")) == [own]


def test_picture_names_only_posts_that_one_may_look_at(client, author, secret):
    own = store(picture_bytes(), uploaded_by=author)
    Post.objects.filter(pk=secret.pk).update(cover=own)
    mine = make_post(authors=[author], cover=own, title="Shown here", published_at=None)

    html = client.get(address("change", own.pk, model="image")).content.decode()

    assert mine.title in html
    assert "Zqsecret" not in html


# --- Others at the desk -----------------------------------------------------------


def test_way_to_the_site_is_for_who_may_look(client, secret):
    page = make_page(slug="zqpage", published_at=None)
    kinds = {thing: ContentType.objects.get_for_model(thing).pk for thing in (secret, page)}
    answers = {}

    for role in (roles.AUTHOR, roles.MODERATOR, roles.EDITOR):
        sign_in(client, role)
        answers[role] = [
            client.get(f"/admin/r/{kind}/{thing.pk}/").status_code for thing, kind in kinds.items()
        ]

    assert answers == {
        roles.AUTHOR: [404, 404],
        roles.MODERATOR: [404, 404],
        roles.EDITOR: [302, 302],
    }


@pytest.mark.parametrize("way", ["0/1", "999/1", "x/1", "1/x", "99999999999999999999/1"])
def test_way_to_the_site_of_nothing_is_unknown(client, author, way):
    assert client.get(f"/admin/r/{way}/").status_code == 404


def test_editor_without_people_to_look_through_chooses_no_author_of_a_redirect(client):
    sign_in(client, roles.EDITOR)

    form = client.get(address("add", model="redirect")).context["adminform"].form

    assert "author" not in form.fields
