"""Programs and pages that call themselves pictures."""

import io
import re
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from posts.models import Image
from posts.tests.pictures import files_in, picture_bytes

pytestmark = pytest.mark.django_db

MARK = b"zq-program"
PAGE = b"<!doctype html><script>alert(1)/*" + MARK + b"*/</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)">' + MARK + b"</svg>"
OWN_NAME = re.compile(r"/media/images/(\d+/)*[\w-]+\.(png|gif|jpg|webp|avif)")

NO_PICTURES = {
    "svg": SVG,
    "svg behind a declaration": b'<?xml version="1.0"?>' + SVG,
    "svg behind spaces": b"\n \t" + SVG,
    "page": PAGE,
    "page behind the first bytes of a png": b"\x89PNG\r\n\x1a\n" + PAGE,
    "script that is almost a gif": b"GIF89a/*" + MARK + b"*/=1;alert(1)",
    "pdf": b"%PDF-1.7\n" + MARK,
    "php": b"<?php system($_GET[0]); " + MARK,
    "program": b"\x7fELF" + MARK,
    "zip": b"PK\x03\x04" + MARK,
}
NAMES = [
    "../../x.png", "..\\..\\x.png", "/etc/cron.d/x.png", "x.php.png", "x.png.php", "x.svg", "x.html",
    "a\r\nSet-Cookie: evil=1.png", "a\0.php.png", "x" * 300 + ".png", "cod\u202egnp.exe", ".htaccess",
    "con.png", "x.png::$DATA", "x.png;.asp", "<img src=x onerror=alert(1)>.png", "{{7*7}}.png",
    "'; DROP TABLE posts_image; --.png", "$(id).png",
]  # fmt: skip


def upload(client, data, name="x.png", content_type="image/png"):
    return client.post(
        "/markdownx/upload/", {"image": SimpleUploadedFile(name, data, content_type)}
    )


@pytest.fixture
def writer(client, django_user_model):
    user = django_user_model.objects.create_superuser("writer@example.org", "x")
    client.force_login(user)
    return client


@pytest.mark.parametrize("data", NO_PICTURES.values(), ids=NO_PICTURES)
def test_what_is_no_picture_is_not_stored(writer, media_folder, data):
    for content_type in ["image/png", "image/svg+xml", "text/html"]:
        assert upload(writer, data, content_type=content_type).status_code == 400

    assert files_in(media_folder) == []
    assert not Image.objects.exists()


def polyglots() -> dict[str, bytes]:
    """Whole pictures that are something else as well."""
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        file.writestr("x.html", PAGE)
    gif = picture_bytes("GIF")
    comment = b"\x21\xfe" + bytes([len(MARK)]) + MARK + b"\0"
    return {
        "page behind a png": picture_bytes() + PAGE,
        "page behind a jpeg": picture_bytes("JPEG") + PAGE,
        "page in the comment of a jpeg": picture_bytes("JPEG", comment=PAGE),
        "script behind a gif": gif + b"=1;alert(1)//" + MARK,
        "script in the comment of a gif": gif[:-1] + comment + gif[-1:],
        "archive behind a png": picture_bytes() + archive.getvalue() + MARK,
        "php behind a webp": picture_bytes("WEBP") + b"<?php " + MARK,
    }


@pytest.mark.parametrize("kind", polyglots())
def test_nothing_but_the_picture_is_kept_of_a_polyglot(writer, media_folder, kind):
    answer = upload(writer, polyglots()[kind], "x.html", "text/html")

    if answer.status_code == 400:  # or not even that
        assert files_in(media_folder) == []
        return
    assert_served_as_picture(writer, answer.json()["url"])
    for path in media_folder.rglob("*"):
        if path.is_file():
            assert MARK not in path.read_bytes()


@pytest.mark.parametrize("name", NAMES)
def test_name_of_a_file_decides_nothing(writer, media_folder, name):
    answer = upload(writer, picture_bytes(), name, "text/html")

    if answer.status_code == 400:
        assert files_in(media_folder) == []
        return
    assert_served_as_picture(writer, answer.json()["url"])
    assert all(path.is_relative_to(media_folder) for path in media_folder.rglob("*"))
    listed = writer.get("/admin/posts/image/")
    assert listed.status_code == 200
    assert b"<img src=x onerror" not in listed.content


def assert_served_as_picture(client, url) -> None:
    assert OWN_NAME.fullmatch(url)
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer["Content-Type"].startswith("image/")
    assert "svg" not in answer["Content-Type"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert MARK not in answer.getvalue()
    assert not re.search(r"[\r\n]", str(answer.headers.get("Content-Disposition", "")))
