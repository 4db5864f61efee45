"""The linter at the desk: what holds back publishing, and findings while somebody writes."""

import pytest
from django.urls import reverse

from blogsite.audit.models import Event
from posts.models import Post, Waiver
from posts.tests.factories import make_page, make_post, make_user
from posts.tests.writing import address, edit, errors_of, staff_with, write

pytestmark = pytest.mark.django_db

BROKEN = "Words.\n\n[a](/post/none/) and ![](/media/images/none.png)\n"
FIRST = "This holds back publishing. Mend it, or give a reason to publish all the same."
LINK = "Line 3: There is nothing at /post/none/. Mend the address, or leave the link out."
LATER = {"published_at_0": "2099-12-31", "published_at_1": "12:00"}


def lint(client, model="post", **sent):
    return client.post(reverse(f"admin:posts_{model}_lint"), sent)


# --- Publishing -------------------------------------------------------------------


@pytest.mark.parametrize(
    "how",
    [{"button": "_publish"}, LATER, {"published_at_0": "2020-01-01", "published_at_1": "12:00"}],
)
@pytest.mark.parametrize("model", ["post", "page"])
def test_what_is_broken_is_not_published(desk, how, model):
    response = write(desk, model=model, title="Tea", body=BROKEN, **how)

    errors = errors_of(response)["waive_reason"]
    assert errors[0] == FIRST
    assert LINK in errors
    assert len(errors) == 4
    assert LINK in response.content.decode()
    assert not Post.everything.exists()


def test_draft_is_saved_with_all_its_findings(desk):
    write(desk, title="Tea", body=BROKEN)

    assert Post.objects.get().status == "draft"


def test_approving_is_publishing(desk):
    post = make_post(published_at=None, body=BROKEN, submitted_at="2026-01-01T00:00Z")

    response = edit(desk, post, button="_approve")

    post.refresh_from_db()
    assert "waive_reason" in errors_of(response)
    assert post.status == "draft"


def test_reason_lets_it_through_and_is_kept(desk, editor):
    write(desk, button="_publish", title="Tea", body=BROKEN, waive_reason=" The link  comes. ")

    post = Post.objects.get()
    waiver = Waiver.objects.get()
    assert post.is_published
    assert (waiver.post, waiver.waived_by, waiver.reason) == (post, editor, "The link comes.")
    assert sorted(waiver.findings) == [
        ["link-broken", "/post/none/"],
        ["picture-alt", "/media/images/none.png"],
        ["picture-broken", "/media/images/none.png"],
    ]
    event = Event.objects.get(verb="posts.post_waived")
    assert event.details == {"rules": ["link-broken", "picture-alt", "picture-broken"]}


def test_what_was_let_through_holds_back_no_more_until_there_is_more(desk):
    write(desk, title="Tea", body=BROKEN, waive_reason="Soon.", **LATER)
    post = Post.objects.get()

    edit(desk, post, body=f"Longer.\n\n{BROKEN}")
    post.refresh_from_db()
    response = edit(desk, post, body=f"{BROKEN}\n[b](/post/other/)")

    assert post.body.startswith("Longer")
    assert errors_of(response)["waive_reason"][1:] == [
        "Line 5: There is nothing at /post/other/. Mend the address, or leave the link out."
    ]


def test_reason_without_need_is_not_kept(desk):
    write(desk, button="_publish", title="Tea", body="Words.", waive_reason="For fun.")

    assert Post.objects.get().is_published
    assert not Waiver.objects.exists()


def test_correction_of_what_readers_have_is_not_held_back(desk):
    post = make_post()

    response = desk.get(edit(desk, post, body=BROKEN).url)

    post.refresh_from_db()
    assert post.body == BROKEN
    assert "the linter found 3 things that should be mended" in response.content.decode()


# --- The panel --------------------------------------------------------------------


def test_page_shows_what_is_stored_without_script(desk):
    post = make_post(body=BROKEN)
    page = make_page(body="Words.")

    of_post = desk.get(address("change", post.pk)).content.decode()
    of_page = desk.get(address("change", page.pk, model="page")).content.decode()

    assert "There is nothing at /post/none/." in of_post
    assert "3 hold back publishing" in of_post
    assert "Nothing to mend." in of_page


def test_page_shows_who_let_it_through_and_why(desk, editor):
    write(desk, button="_publish", title="Tea", body=BROKEN, waive_reason="<Soon>")

    html = desk.get(address("change", Post.objects.get().pk)).content.decode()

    assert "&lt;Soon&gt;" in html
    assert "hold back" not in html


def test_author_who_cannot_publish_gives_no_reason(client):
    author = staff_with(client, "add_post")
    post = make_post(authors=[author], published_at=None, body=BROKEN)

    html = client.get(address("change", post.pk)).content.decode()

    assert "There is nothing at /post/none/." in html
    assert 'name="waive_reason"' not in html


# --- While somebody writes --------------------------------------------------------


def test_text_is_looked_at_as_the_page_holds_it(desk):
    post = make_post(body="Words.", summary="Short.")

    response = lint(desk, pk=post.pk, title="", slug=post.slug, summary="x" * 161, body="# One\n")

    assert response.json()["summary"] == "3 to mend."
    assert [finding["line"] for finding in response.json()["findings"]] == [None, None, 1]
    assert "no-store" in response["Cache-Control"]
    post.refresh_from_db()
    assert post.body == "Words."


def test_new_text_and_page_are_looked_at(desk):
    assert lint(desk, body="[a](/none/)").json()["blocks"] is True
    assert lint(desk, "page", title="Tea", body="Words.").json() == {
        "summary": "Nothing to mend.",
        "blocks": False,
        "findings": [],
    }


def test_what_was_let_through_is_told_while_writing(desk):
    write(desk, button="_publish", title="Tea", summary="S.", body=BROKEN, waive_reason="Soon.")
    post = Post.objects.get()

    found = lint(desk, pk=post.pk, title="Tea", slug="tea", summary="S.", body=BROKEN).json()

    assert found["blocks"] is False
    assert {finding["label"] for finding in found["findings"]} == {"Let through: Soon."}


def test_text_of_others_and_their_pictures_are_not_told(client):
    author = staff_with(client, "add_post")
    theirs = make_post(published_at=None, authors=[make_user()])
    mine = make_post(published_at=None, authors=[author])

    assert lint(client, pk=theirs.pk, body="a").status_code == 404
    assert lint(client, pk=mine.pk, body="a").status_code == 200
    assert "not published" not in lint(client, body=f"[a](/post/{theirs.slug}/)").content.decode()


def test_who_may_not_write_learns_nothing(client):
    assert lint(client, body="a").status_code == 302
    staff_with(client, "view_post")
    assert lint(client, body="a").status_code == 403
    staff_with(client, "add_post")
    assert lint(client, "page", body="a").status_code == 403
    assert client.get(reverse("admin:posts_post_lint")).status_code == 405


@pytest.mark.parametrize(
    "sent", [{"pk": "x"}, {"pk": 2**70}, {"body": "x" * 200_001}, {"cover": "-1"}]
)
def test_what_no_page_sends_is_refused(desk, sent):
    assert lint(desk, **sent).status_code == 400
