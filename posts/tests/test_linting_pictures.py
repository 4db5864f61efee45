"""The linter on pictures."""

import pytest
from django.utils import timezone

from posts.linting import check
from posts.models import Image, Post
from posts.tests.factories import make_post
from posts.tests.test_linting import found, text

pytestmark = pytest.mark.django_db


def keep(name="a.png", **fields) -> Image:
    return Image.objects.create(
        **{"file": f"images/{name}", "width": 800, "height": 600, "digest": name} | fields
    )


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("![What it shows](/media/images/a.png)", []),
        ("![](/media/images/a.png)", [("picture-alt", 1)]),
        ("![ ](/media/images/a.png)", [("picture-alt", 1)]),
        ("words\n![](/media/images/a.png) words", [("picture-alt", 2)]),
        ("![][a]\n\n[a]: /media/images/a.png", [("picture-alt", 1)]),
        ("[![](/media/images/a.png)](#)", [("picture-alt", 1)]),
        ("<p>\n<img src=/media/images/a.png></p>", [("picture-alt", 2)]),
        ('<img src="/media/images/a.png" alt="">', []),
        ("`![](/media/images/a.png)`", []),
        ("![b](/media/images/b.png)", [("picture-broken", 1)]),
        ("![b](b.png)", [("picture-broken", 1)]),
        ("![b](/media/../a.png)", [("picture-broken", 1)]),
        ("![b]()", [("picture-broken", 1)]),
        ("![b](data:image/png;base64,AAAA)", [("picture-broken", 1)]),
        ("![b](https://example.org/b.png)", [("picture-remote", 1)]),
        ("![b](//example.org/b.png)", [("picture-remote", 1)]),
    ],
)
def test_pictures_are_there_and_described(body, expected):
    keep()

    assert found(body) == expected


def test_picture_in_the_trash_is_not_there(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(b"x")
    keep(deleted_at=timezone.now())

    assert found("![a](/media/images/a.png)") == [("picture-broken", 1)]


def test_stored_description_is_enough_where_the_text_gives_none():
    keep(alt="A red door")

    assert found("![](/media/images/a.png)") == []


def test_wide_picture_without_smaller_copies_is_a_hint():
    keep(width=2001)
    keep("b.png", width=2001, renditions=[{"type": "image/webp"}])

    body = "![a](/media/images/a.png)\n\n![b](/media/images/b.png)"

    assert found(body) == [("picture-large", 1)]


def test_heavy_picture_is_a_hint(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    (tmp_path / "images").mkdir()
    (tmp_path / "images/a.png").write_bytes(b"x" * 501_000)
    keep()

    [finding] = check(text("![a](/media/images/a.png)"))

    assert finding.rule == "picture-large"
    assert "501 kB" in finding.message


@pytest.mark.parametrize(
    ("fields", "body", "expected"),
    [
        ({}, "words", [("cover-alt", None)]),
        ({"cover_alt": "A door"}, "words", []),
        ({}, "![A door](/media/images/a.png)", []),
    ],
)
def test_cover_is_described(fields, body, expected):
    assert found(body, cover=keep(), **fields) == expected


def test_cover_with_a_description_of_its_own_is_fine():
    assert found("words", cover=keep(alt="A door")) == []


def test_many_pictures_take_the_same_number_of_queries(django_assert_max_num_queries):
    post = make_post(body="".join(f"![](/media/images/{n}.png)\n\n" for n in range(600)))
    for number in range(600):
        keep(f"{number}.png")

    with django_assert_max_num_queries(5):
        findings = check(Post.objects.get(pk=post.pk))

    assert len(findings) == 500
