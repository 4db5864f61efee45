"""The two addresses of the writing page: upload and preview."""

import pytest
from django.contrib.auth.models import Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from blogsite.pictures import limits
from posts.models import Image, Post
from posts.tests.factories import make_post, make_user
from posts.tests.pictures import files_in, picture_bytes, store

pytestmark = pytest.mark.django_db

UPLOAD = "/markdownx/upload/"
PREVIEW = "/markdownx/markdownify/"


def sign_in(client, *codenames, **fields):
    user = make_user(**{"is_staff": True} | fields)
    user.user_permissions.set(Permission.objects.filter(codename__in=codenames))
    client.force_login(user)
    return user


@pytest.fixture
def writer(client):
    return sign_in(client, "add_post")


def upload(client, data=None, name="photo.png", content_type="image/png"):
    data = picture_bytes() if data is None else data
    return client.post(UPLOAD, {"image": SimpleUploadedFile(name, data, content_type)})


def test_addresses_keep_the_names_that_markdownx_gives_them():
    assert (reverse("markdownx_upload"), reverse("markdownx_markdownify")) == (UPLOAD, PREVIEW)


def test_upload_answers_with_markdown_for_the_stored_picture(client, writer):
    answer = upload(client).json()

    image = Image.objects.get()
    assert answer == {"image_code": f"![]({image.url})", "url": image.url, "alt": ""}
    assert (image.uploaded_by, image.original_name) == (writer, "photo.png")
    assert client.get(image.url).status_code == 200


def test_upload_of_a_described_picture_brings_its_description(client):
    sign_in(client, "change_post", "view_image")
    store(picture_bytes(), alt="A [teal] box")

    assert upload(client).json()["image_code"].startswith("![A \\[teal\\] box](/media/")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"<svg/onload=alert(1)>", "This is not a picture."),
        (b"<svg onload=alert(1)>", "export it as PNG"),
        (b"<html>", "This is not a picture."),
        (picture_bytes("BMP"), "BMP files are not taken."),
        (b"", "The file is empty."),
    ],
)
def test_what_is_no_picture_is_refused_in_words(client, writer, data, words, media_folder):
    response = upload(client, data)

    assert response.status_code == 400
    assert words in response.json()["error"]
    assert files_in(media_folder) == []


def test_upload_without_a_file_is_refused_in_words(client, writer):
    response = client.post(UPLOAD, {})

    assert (response.status_code, response.json()) == (400, {"error": "Please choose a picture."})


@pytest.mark.parametrize(
    "name", ["../../x.png", "x.php.png", "a\\..\\b.png", "x" * 250 + ".png", "cod\u202egnp.exe"]
)
def test_stored_picture_is_served_as_a_picture_whatever_it_was_called(client, writer, name):
    url = upload(client, name=name, content_type="text/html").json()["url"]

    response = client.get(url)

    assert response["Content-Type"] == "image/png"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_request_over_the_limit_is_cut_off_before_it_is_read(client, writer, settings):
    response = client.post(
        UPLOAD, b"x", content_type="image/png", CONTENT_LENGTH=settings.REQUEST_MAX_BYTES + 1
    )

    assert response.status_code == 413
    assert settings.REQUEST_MAX_BYTES > limits.MAX_BYTES


def test_nonsense_for_a_length_is_no_accident(client, writer):
    assert client.get("/", CONTENT_LENGTH="many").status_code == 200


@pytest.mark.parametrize("path", [UPLOAD, PREVIEW])
def test_editor_addresses_are_closed_to_everyone_else(client, path, media_folder):
    data = {"content": "*text*"}

    def ask():
        data["image"] = SimpleUploadedFile("photo.png", picture_bytes())
        return client.post(path, data).status_code

    anonymous = ask()
    sign_in(client, "add_post", is_staff=False)
    reader = ask()
    sign_in(client)
    staff_without_permission = ask()
    sign_in(client, "view_post", "add_image", "change_tag")
    staff_with_other_permissions = ask()

    assert {anonymous, reader, staff_without_permission, staff_with_other_permissions} == {403}
    assert files_in(media_folder) == []


@pytest.mark.parametrize("codename", ["add_post", "change_post", "add_page", "change_page"])
@pytest.mark.parametrize("path", [UPLOAD, PREVIEW])
def test_editor_addresses_are_open_to_who_may_write(client, path, codename):
    sign_in(client, codename)
    image = SimpleUploadedFile("photo.png", picture_bytes())

    response = client.post(path, {"content": "*text*", "image": image})

    assert response.status_code == 200
    assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", [UPLOAD, PREVIEW])
def test_editor_addresses_answer_to_posted_forms_of_the_site_only(path):
    strict = Client(enforce_csrf_checks=True)
    sign_in(strict, "add_post")

    assert strict.get(path).status_code == 405
    assert strict.post(path, {"content": "x"}).status_code == 403


def test_preview_is_what_the_page_shows(client, writer):
    image = store(picture_bytes(size=(600, 300)), alt="A box")
    source = f"# Head\r\n\r\n![]({image.url})\r\n\r\n```python\r\nx = 1\r\n```\r\n\r\nNote[^1].\r\n\r\n[^1]: Yes."
    post = make_post(body=source.replace("\r\n", "\n"))

    html = client.post(PREVIEW, {"content": source}).content.decode()

    assert html == post.body_html
    assert "<picture>" in html


def test_preview_stores_nothing_and_runs_nothing(client, writer):
    response = client.post(PREVIEW, {"content": "<script>alert(1)</script>ok"})

    assert b"<script" not in response.content
    assert not Post.everything.exists()


def test_preview_of_nothing_is_nothing(client, writer):
    assert client.post(PREVIEW, {}).content == b""
