"""One post as a Markdown file: out of the desk, and in again."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import example, given
from hypothesis import strategies as st

from posts.exporters.markdown import markdown_of
from posts.importers.reading import Refused
from posts.importers.single import read_single
from posts.models import Post
from posts.tests.authors import make_secret, sign_in
from posts.tests.factories import make_post, make_series, make_tag, make_user
from posts.tests.writing import address

pytestmark = pytest.mark.django_db

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=200)
HOSTILE = ["---", "---\n", "\n---\n", "\ufeff", "...\n---\n", "a\r\nb\rc\nd", "title: x\n", "+++\n"]


def as_file(**fields) -> bytes:
    """A post that is in no database, as a file."""
    post = Post(**{"pk": 1, "slug": "s", "guid": "tag:x", "body": ""} | fields)
    post._prefetched_objects_cache = {"bylines": [], "tags": []}
    return markdown_of(post)


def with_examples(test):
    for body in HOSTILE:
        test = example(body)(test)
    return test


@with_examples
@given(WORDS)
def test_body_comes_back_byte_for_byte(body):
    assert read_single(as_file(body=body)).body == body


@with_examples
@given(WORDS)
def test_title_comes_back_whatever_is_in_it(title):
    file = read_single(as_file(title=title, body="Words."))

    assert file.body == "Words."
    assert (file.fields.raw("title") or "") == title


def test_all_that_a_post_says_of_itself_is_in_the_file():
    post = make_post(
        title="A “title”: here",
        body="Words\r\n",
        slug="a-title",
        summary="Two\nlines.",
        published_at="2026-01-02T03:04:05Z",
        authors=[make_user(display_name="Ada"), make_user(display_name="Bea")],
        tags=[make_tag("C++"), make_tag("Django")],
        series=make_series("Cache"),
        series_part=2,
        canonical_url="https://example.org/x",
        comments_open=False,
    )
    post.refresh_from_db()

    assert markdown_of(post).decode() == (
        "---\n"
        'title: "A “title”: here"\n'
        'slug: "a-title"\n'
        "date: 2026-01-02T03:04:05Z\n"
        'summary: "Two\\nlines."\n'
        'authors: ["Ada", "Bea"]\n'
        'tags: ["C++", "Django"]\n'
        'series: "Cache"\n'
        "series_order: 2\n"
        'canonical_url: "https://example.org/x"\n'
        "comments: false\n"
        f'guid: "{post.guid}"\n'
        "---\n"
        "Words\r\n"
    )


def test_draft_says_so():
    assert b"draft: true\n" in markdown_of(make_post(published_at=None))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty."),
        (b"a\0b", "This is not a text file."),
        (b"\x89PNG\r\n\x1a\n\0", "This is not a text file in UTF-8."),
        ("Grüße".encode("latin-1"), "This is not a text file in UTF-8."),
        (b"x" * 6_000_001, "The file is larger than 6 MB."),
        (b"x" * 2_000_001, "Longer than"),
        (b"---\ntitle: [\n---\nWords", "The front matter is broken"),
        (b"---\ntitle: x\nWords", "The front matter has no end."),
    ],
)
def test_file_that_cannot_be_read_is_refused_in_one_sentence(data, words):
    with pytest.raises(Refused, match=words):
        read_single(data)


# --- Out of the desk --------------------------------------------------------------


def test_post_is_downloaded_from_its_page(desk):
    post = make_post(slug="a-walk", body="Words\r\n\r\nmore")

    page = desk.get(address("change", post.pk)).content.decode()
    response = desk.get(address("markdown", post.pk))

    assert address("markdown", post.pk) in page
    assert response.content == markdown_of(Post.objects.get())
    assert response["Content-Type"] == "text/markdown; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="a-walk.md"'


def test_author_downloads_their_own_alone(client):
    author = sign_in(client)
    own, secret = make_post(authors=[author]), make_secret()

    assert client.get(address("markdown", own.pk)).status_code == 200
    assert client.get(address("markdown", secret.pk)).status_code == 404


@pytest.mark.parametrize("pk", ["0", "abc", "9" * 30])
def test_post_that_is_not_there_is_not_found(desk, pk):
    assert desk.get(address("markdown", pk)).status_code == 404


# --- Into the desk ----------------------------------------------------------------


def look(client, url, data: bytes):
    return client.post(url, {"file": SimpleUploadedFile("a.md", data)})


def bring(client, url, data: bytes):
    """Send the file, and say yes to what it would change."""
    page = look(client, url, data)
    assert page.status_code == 200, page.status_code
    sent = {name: page.context[name] for name in ("packed", "based_on")}
    return client.post(url, sent | {"apply": "1"})


@pytest.mark.parametrize("body", ["One\r\ntwo\r\n", "no end", "\n\n  x\n---\n", "mixed\r\nends\n"])
def test_file_of_a_post_makes_the_same_post_again(desk, editor, body):
    series, tag = make_series("Cache"), make_tag("Django")
    post = make_post(
        title="A walk", body=body, summary="Short.", tags=[tag], series=series, series_part=3,
        comments_open=False, published_at=None, authors=[editor],
    )  # fmt: skip
    data = markdown_of(post)
    Post.everything.all().delete()

    response = bring(desk, address("import_new"), data)

    again = Post.objects.get()
    assert response.url == address("change", again.pk)
    guid = f'guid: "{post.guid}"'.encode()
    assert markdown_of(again).replace(f'guid: "{again.guid}"'.encode(), guid) == data


def test_file_changes_a_post_as_a_save_does(desk, editor):
    post = make_post(title="Old", body="Old words.")

    page = look(desk, address("import", post.pk), b"---\ntitle: New\n---\nNew words.\r\n")
    before = Post.objects.get().body
    response = bring(desk, address("import", post.pk), b"---\ntitle: New\n---\nNew words.\r\n")

    assert response.url == address("change", post.pk)
    saved = Post.objects.get()
    assert before == "Old words."
    assert [field.name for field in page.context["comparison"].fields] == ["title"]
    assert (saved.title, saved.body, saved.slug) == ("New", "New words.\r\n", post.slug)
    assert (saved.published_at, saved.author_list) == (post.published_at, post.author_list)
    assert saved.revisions.count() == 2


def test_file_that_was_looked_at_before_somebody_saved_is_refused(desk):
    post = make_post(body="Old.")
    url = address("import", post.pk)
    page = look(desk, url, b"Mine.")
    bring(desk, url, b"Theirs.")

    sent = {name: page.context[name] for name in ("packed", "based_on")}
    response = desk.post(url, sent | {"apply": "1"})

    assert response.status_code == 200
    assert "Somebody saved this text meanwhile." in response.content.decode()
    # The form with the refusal is sent to the page of the post, which knows how to merge.
    assert f'action="{address("change", post.pk)}"' in response.content.decode()
    assert Post.objects.get().body == "Theirs."


@pytest.mark.parametrize("data", [b"", b"a\0b", b"\xff\xfe", b"---\ntitle: [\n---\nx"])
def test_bad_file_is_one_sentence_and_changes_nothing(desk, data):
    post = make_post(body="Old.")

    page = look(desk, address("import", post.pk), data)

    errors = page.context["form"].errors
    assert [len(each) for each in errors.values()] == [1]
    assert Post.objects.get().body == "Old."


@pytest.mark.parametrize("packed", ["", "!", "AAAA", "aGk"])
def test_packed_nonsense_is_a_bad_request(desk, packed):
    sent = {"packed": packed, "apply": "1"}

    assert desk.post(address("import_new"), sent).status_code == 400
    assert not Post.objects.exists()


def test_author_brings_a_draft_and_publishes_nothing(client):
    author = sign_in(client)

    bring(client, address("import_new"), b"---\ntitle: Mine\ndate: 2020-01-01\n---\nWords.")

    post = Post.objects.get()
    assert (post.title, post.status, post.author_list) == ("Mine", "draft", [author])


def test_author_does_not_touch_what_is_not_theirs(client):
    author = sign_in(client)
    published, secret = make_post(authors=[author]), make_secret()

    assert look(client, address("import", published.pk), b"x").status_code == 403
    assert look(client, address("import", secret.pk), b"x").status_code == 404
