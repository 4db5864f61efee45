"""Authors at the desk: drafting, and from an author to an editor and back."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts import roles
from posts.models import Post, Tag
from posts.tests.authors import make_secret, sign_in
from posts.tests.factories import make_post, make_tag, make_user
from posts.tests.writing import address, edit, errors_of, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client):
    return sign_in(client)


@pytest.fixture
def secret():
    return make_secret()


def offered(page) -> list[str]:
    """The names of the buttons under a text."""
    buttons = ["_publish", "_approve", "_submit", "_send_back", "_take_back", "_continue"]
    return [name for name in buttons if f'name="{name}"' in page.content.decode()]


# --- Writing ----------------------------------------------------------------------


def test_author_drafts_and_is_named_as_the_author(client, author):
    make_tag("Python")

    write(client, title="Mine", body="Words.", tag_names="python")

    post = Post.objects.get()
    assert (post.status, post.author_list) == ("draft", [author])
    assert [tag.name for tag in post.tags.all()] == ["Python"]


def test_author_edits_a_draft_and_throws_it_away(client, author):
    post = make_post(authors=[author], published_at=None)

    edit(client, post, title="Better", slug="better")
    client.post(address("delete", post.pk), {"post": "yes"})

    post = Post.everything.get()
    assert (post.title, post.slug, post.deleted_by) == ("Better", "better", author)


def test_author_sees_nothing_to_publish_with(client, author):
    post = make_post(authors=[author], published_at=None)

    page = client.get(address("change", post.pk))

    form = page.context["adminform"].form
    assert offered(page) == ["_submit", "_continue"]
    shown = {name for fieldset in page.context["adminform"] for name in fieldset.fields}
    assert shown & set(form.fields) == {
        *("title", "body", "slug", "tag_names", "summary", "language", "cover", "cover_alt")
    }
    # Beside what is in the drawer: notes, numbers that the page carries, and nothing that decides.
    assert not {"published_at", "expires_at", "authors", "noindex"} & set(form.fields)


def test_author_reads_what_is_published_and_changes_nothing(client, author):
    post = make_post(authors=[author], tags=[make_tag("Seen")])

    page = client.get(address("change", post.pk))
    refused = client.post(address("change", post.pk), {"title": "Changed", "slug": "moved"})

    assert page.status_code == 200
    assert "Seen" in page.content.decode()
    assert (offered(page), refused.status_code) == ([], 403)
    assert Post.objects.get().slug == post.slug


def test_author_reads_who_else_is_named(client, author):
    other = make_user(display_name="Beatrix")
    post = make_post(authors=[author, other], published_at=None)

    assert "Beatrix" in client.get(address("change", post.pk)).content.decode()


def test_author_makes_no_tags(client, author):
    response = write(client, title="Mine", tag_names="Brand new")

    assert errors_of(response) == {
        "tag_names": ["There is no tag “Brand new”. Leave it out, or ask an editor to make it."]
    }
    assert not Tag.objects.exists()


def test_author_keeps_the_tag_and_cover_that_an_editor_chose(client, author, secret):
    tag, cover = secret.tags.get(), secret.cover
    post = make_post(authors=[author], published_at=None, tags=[tag], cover=cover)

    response = edit(client, post, title="Better")

    post.refresh_from_db()
    assert response.status_code == 302
    assert (post.title, post.cover, list(post.tags.all())) == ("Better", cover, [tag])


# --- Submitting -------------------------------------------------------------------


def test_submitted_draft_waits_for_an_editor(client, author):
    post = make_post(authors=[author], published_at=None, title="Look at me")

    edit(client, post, button="_submit")
    sign_in(client, roles.EDITOR)

    post.refresh_from_db()
    assert post.submitted_at is not None
    listed = client.get(address("changelist"), {"status": "review"})
    assert list(listed.context["cl"].result_list) == [post]
    assert "In review" in listed.content.decode()
    start = client.get(reverse("admin:index")).content.decode()
    assert "<strong>1</strong> in review" in start
    assert "Look at me" in start


def test_editor_sends_back(client, author):
    post = make_post(authors=[author], published_at=None)
    edit(client, post, button="_submit")
    sign_in(client, roles.EDITOR)

    page = client.get(address("change", post.pk))
    edit(client, post, button="_send_back", review_note="Please add a summary.")

    post.refresh_from_db()
    assert offered(page) == ["_approve", "_send_back", "_continue"]
    assert post.submitted_at is None


@pytest.mark.parametrize(
    ("role", "button", "words"),
    [
        (roles.AUTHOR, "_submit", "Submitted: it waits for an editor now."),
        (roles.AUTHOR, "_take_back", "Taken back: it waits for no editor any more."),
        (roles.EDITOR, "_send_back", "Sent back: it waits for no editor any more."),
        (roles.EDITOR, "_approve", "Approved: readers see it from its date on."),
        (roles.EDITOR, "_publish", "Published: everybody can read it now."),
    ],
)
def test_each_button_says_what_it_did(client, role, button, words):
    person = sign_in(client, role)
    waits = button not in {"_submit", "_publish"}
    submitted_at = timezone.now() if waits else None
    post = make_post(authors=[person], published_at=None, submitted_at=submitted_at)

    edit(client, post, button=button, review_note="A note.")

    assert words in client.get(address("change", post.pk)).content.decode()


def test_publishing_ends_the_review(client, author):
    post = make_post(authors=[author], published_at=None)
    edit(client, post, button="_submit")
    sign_in(client, roles.EDITOR)

    edit(client, post, button="_publish")

    post.refresh_from_db()
    assert (post.status, post.submitted_at, post.author_list) == ("published", None, [author])
