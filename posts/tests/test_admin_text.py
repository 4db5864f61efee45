"""The text of a post in the admin: kept byte for byte."""

import pytest

from posts.models import Post
from posts.models.publication import BODY_MAX_LENGTH
from posts.tests.factories import make_post
from posts.tests.writing import edit, errors_of, write

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    "body",
    [
        "  leading and trailing  \n\n\n",
        "\n\nleading lines",
        "\ttabs\t\n\t",
        "emoji 👩🏽‍💻 and \u200fright-to-left\u200f marks \u202e",
        "\ufefftext after a byte order mark",
        "no-break\u00a0space, form\x0cfeed, line\u2028separator",
        " ",
    ],
)
def test_body_is_stored_as_typed(desk, body):
    write(desk, title="Bytes", body=body.replace("\n", "\r\n"))

    assert Post.objects.get().body == body


def test_body_of_a_million_characters_is_taken_and_one_more_refused(desk):
    body = "😀 word\n" * (BODY_MAX_LENGTH // 7)
    body += "x" * (BODY_MAX_LENGTH - len(body))

    write(desk, title="Long", body=body)
    response = write(desk, title="Longer", body=body + "x")

    assert Post.objects.get().body == body
    assert list(errors_of(response)) == ["body"]


def test_null_character_is_refused_in_words_and_the_text_kept(desk):
    response = write(desk, title="Null", body="be\0fore")

    assert errors_of(response) == {"body": ["Null characters are not allowed."]}
    assert b"fore" in response.content


def as_browser(text):
    """What a browser sends for a text area that shows `text`."""
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\r\n")


@pytest.mark.parametrize("stored", ["a\r\nb\r\n", "a\rb", "a\r\nb\nc\r", "a\nb\n"])
def test_untouched_text_keeps_its_line_ends(desk, stored):
    post = make_post(body=stored)

    edit(desk, post, title="New title", body=as_browser(stored))

    post.refresh_from_db()
    assert (post.title, post.body) == ("New title", stored)


@pytest.mark.parametrize(
    ("stored", "kept"), [("a\r\nb", "a\r\nb\r\nc"), ("a\nb", "a\nb\nc"), ("a\r\nb\n", "a\nb\n\nc")]
)
def test_changed_text_keeps_the_kind_of_its_line_ends(desk, stored, kept):
    post = make_post(body=stored)

    edit(desk, post, body=as_browser(stored) + "\r\nc")

    post.refresh_from_db()
    assert post.body == kept


@pytest.mark.parametrize("fields", [{}, {"title": "  ", "body": " \r\n "}])
def test_empty_form_is_a_slip_and_saves_nothing(desk, fields):
    response = write(desk, **fields)

    assert "Write a title or some text first." in response.content.decode()
    assert not Post.everything.exists()


@pytest.mark.parametrize("fields", [{"title": "Only a title"}, {"body": "Only a remark."}])
def test_title_or_text_is_enough(desk, fields):
    write(desk, **fields)

    assert Post.objects.count() == 1
