"""What somebody types is kept before it is saved, for them alone."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from lxml import html

from accounts import roles
from posts.drafting import working_copies
from posts.models import Post, WorkingCopy
from posts.tests.authors import sign_in
from posts.tests.drafting import autosave, held, offered
from posts.tests.factories import make_page, make_post, make_user
from posts.tests.writing import address, edit, fields_of, write

pytestmark = pytest.mark.django_db


def change_page(desk, text):
    return desk.get(address("change", text.pk, model=text._meta.model_name))


# --- Keeping ----------------------------------------------------------------------


@pytest.mark.parametrize("make", [make_post, make_page])
def test_autosave_keeps_what_is_typed_and_leaves_the_text_alone(desk, make):
    text, window = make(body="Stored."), uuid4()
    model = text._meta.model_name

    response = autosave(desk, text, window=window, model=model, title="New", body="Typed.")

    text.refresh_from_db()
    assert response.status_code == 200
    assert held(window) == {"title": "New", "body": "Typed."}
    assert text.body == "Stored."


def test_autosave_of_a_new_text_makes_none(desk):
    window = uuid4()

    autosave(desk, window=window, body="Typed.")

    assert held(window) == {"body": "Typed."}
    assert not Post.everything.exists()


def test_sign_of_life_leaves_what_is_kept(desk):
    post, window = make_post(), uuid4()
    autosave(desk, post, window=window, body="Typed.")

    autosave(desk, post, window=window)

    assert held(window) == {"body": "Typed."}


def test_what_is_not_typed_is_not_kept(desk):
    window = uuid4()

    autosave(desk, window=window, body="x", csrfmiddlewaretoken="t", _publish="1", based_on=0)

    assert held(window) == {"body": "x"}


def test_long_text_is_kept_whole(desk):
    window, body = uuid4(), "😀 word\n" * 14_000

    autosave(desk, window=window, body=body)

    assert held(window) == {"body": body}


def test_words_taken_back_are_not_offered(desk):
    post, window = make_post(), uuid4()
    autosave(desk, post, window=window, body="Typed.")

    data = {"window": window, "text": post.pk, "reverted": "on"}
    response = desk.post(address("autosave"), data)

    assert response.json()["saved_at"] is None
    assert offered(change_page(desk, post)) == []
    assert autosave(desk, post, window=window, body="Typed again.").status_code == 200


def test_closed_window_is_forgotten_unless_it_holds_text(desk):
    post, empty, full = make_post(), uuid4(), uuid4()
    autosave(desk, post, window=empty)
    autosave(desk, post, window=full, body="Typed.")

    for window in (empty, full):
        data = {"window": window, "text": post.pk, "leaving": "on"}
        desk.post(address("autosave"), data)

    assert [copy.window for copy in WorkingCopy.objects.all()] == [full]


# --- Offering ---------------------------------------------------------------------


def test_page_offers_what_was_not_saved_with_its_length(desk):
    post, window = make_post(body="one two"), uuid4()
    autosave(desk, post, window=window, body="one two three four five")

    response = change_page(desk, post)

    assert offered(response) == [str(window)]
    assert "(+3 words)" in " ".join(response.content.decode().split())


def test_restoring_shows_every_field_and_saves_nothing(desk):
    post, window = make_post(title="Old", body="Stored."), uuid4()
    page = change_page(desk, post)
    sent = fields_of(page) | {
        "title": "New",
        "body": "Typed.",
        "tag_names": "a, b",
        "noindex": "on",
    }
    autosave(desk, post, window=window, **{name: str(value) for name, value in sent.items()})

    response = desk.get(address("change", post.pk) + f"?copy={window}")

    form = response.context["adminform"].form
    post.refresh_from_db()
    assert {name: form[name].value() for name in ["title", "body", "tag_names", "noindex"]} == {
        "title": "New",
        "body": "Typed.",
        "tag_names": "a, b",
        "noindex": True,
    }
    assert form["window"].value() == str(window)
    assert not response.context["errors"]
    assert (post.title, post.body) == ("Old", "Stored.")
    assert offered(response) == []


def test_restored_text_is_saved_by_the_form_and_then_not_offered(desk):
    post, window = make_post(body="Stored."), uuid4()
    autosave(desk, post, window=window, title="New", body="Typed.")
    url = address("change", post.pk) + f"?copy={window}"
    sent = fields_of(desk.get(url)) | fields_of(change_page(desk, post))

    saved = desk.post(url, sent | {"body": "Typed.", "window": window, "_continue": "1"})

    post.refresh_from_db()
    assert saved.url == address("change", post.pk)
    assert post.body == "Typed."
    assert offered(change_page(desk, post)) == []


def test_new_texts_are_listed_on_the_page_for_a_new_one(desk):
    first, second = uuid4(), uuid4()
    autosave(desk, window=first, title="First", body="one")
    autosave(desk, window=second, title="Second", body="two")

    assert offered(desk.get(address("add"))) == [str(second), str(first)]
    assert offered(desk.get(address("add", model="page"))) == []


def test_saving_a_new_text_settles_its_window(desk):
    window = uuid4()
    autosave(desk, window=window, title="New", body="Typed.")

    write(desk, title="New", body="Typed.", window=window)
    late = autosave(desk, Post.objects.get(), window=window, body="Typed")

    assert late.status_code == 409
    assert offered(desk.get(address("add"))) == []
    assert offered(change_page(desk, Post.objects.get())) == []


def test_browser_learns_which_windows_were_saved(desk):
    post, saved, open_one, unknown = make_post(), uuid4(), uuid4(), uuid4()
    autosave(desk, post, window=open_one, body="Typed.")
    edit(desk, post, body="Saved.", window=saved)

    names = f"{saved} {open_one} {unknown}"
    data = {"window": uuid4(), "text": post.pk, "windows": names}
    answer = desk.post(address("autosave"), data).json()

    assert answer["settled"] == [str(saved)]


def test_refused_form_is_kept(desk):
    post, window = make_post(), uuid4()

    edit(desk, post, body="Typed.", slug="no such slug!", window=window)

    assert held(window)["body"] == "Typed."
    assert offered(change_page(desk, post)) == [str(window)]


def test_refused_form_without_script_is_kept_and_settled_by_the_next_try(desk):
    refused = write(desk, title="New", body="Typed.", slug="no such slug!")
    window = refused.context["adminform"].form["window"].value()

    write(desk, title="New", body="Typed.", window=window)

    assert Post.objects.get().body == "Typed."
    assert offered(desk.get(address("add"))) == []


def test_copy_that_is_gone_is_told_of(desk):
    post = make_post()

    response = desk.get(address("change", post.pk) + f"?copy={uuid4()}", follow=True)

    assert "is not here any more" in response.content.decode()


def test_copy_is_compared_and_thrown_away(desk):
    post, window = make_post(body="one\ntwo\n"), uuid4()
    autosave(desk, post, window=window, title="New", body="one\n2 <b>\n")
    url = address("copy", window)

    page = html.fromstring(desk.get(url).content)
    thrown = desk.post(url)

    changes = [change.text_content() for change in page.iter("ins", "del")]
    assert "[removed: two]" in changes
    assert "[added: 2 <b>]" in changes
    assert "[added: New]" in changes
    assert thrown.url == address("change", post.pk)
    assert not WorkingCopy.objects.exists()


# --- Others -----------------------------------------------------------------------


def test_two_see_each_other(desk, editor):
    post = make_post()
    other = make_user(display_name="Ann", is_staff=True, is_superuser=True)
    theirs, mine = Client(), uuid4()
    theirs.force_login(other)
    autosave(theirs, post, window=uuid4(), body="Typed.")
    autosave(desk, post, window=uuid4())

    answer = autosave(desk, post, window=mine).json()

    seen = [(one["name"], one["is_me"], one["is_unsaved"]) for one in answer["others"]]
    assert seen == [("Ann", False, True), (editor.name, True, False)]
    assert "Ann" in change_page(desk, post).content.decode()


def test_silent_window_is_nobody(desk):
    post = make_post()
    autosave(desk, post, window=uuid4())
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(minutes=2))

    assert autosave(desk, post).json()["others"] == []


def test_answer_says_that_somebody_saved(desk):
    post = make_post()
    edit(desk, post, body="Saved.")

    answer = autosave(desk, post, based_on=0).json()

    post.refresh_from_db()
    assert answer["revision_number"] == post.revision_number > 0


# --- Rights -----------------------------------------------------------------------


def test_nobody_reads_or_overwrites_the_window_of_another(desk, client):
    post, window = make_post(), uuid4()
    autosave(desk, post, window=window, body="Secret.")
    other = Client()
    other.force_login(make_user(is_staff=True, is_superuser=True))

    saved = autosave(other, post, window=window, body="Mine now.")
    compared = other.get(address("copy", window))
    thrown = other.post(address("copy", window))
    restored = other.get(address("change", post.pk) + f"?copy={window}")
    submitted = edit(other, post, body="Saved by another.", window=window)

    assert [r.status_code for r in (saved, compared, thrown)] == [409, 404, 404]
    assert "Secret" not in restored.content.decode()
    assert offered(change_page(other, post)) == []
    assert submitted.status_code == 302
    assert held(window) == {"body": "Secret."}


def test_refused_form_with_the_window_of_another_is_kept_under_a_new_name(desk):
    post, window = make_post(), uuid4()
    autosave(desk, post, window=window, body="Secret.")
    other = Client()
    other.force_login(make_user(is_staff=True, is_superuser=True))

    edit(other, post, body="Typed.", slug="no such slug!", window=window)

    assert held(window) == {"body": "Secret."}
    assert len(offered(change_page(other, post))) == 1


def test_author_autosaves_own_drafts_only(client):
    author = sign_in(client)
    own = make_post(authors=[author], published_at=None)
    public = make_post(authors=[author])
    foreign = make_post(published_at=None)

    statuses = [autosave(client, post, body="x").status_code for post in (own, public, foreign)]

    assert statuses == [200, 403, 404]


def test_author_whose_draft_was_published_meanwhile_still_finds_the_words(client):
    author = sign_in(client)
    post, window = make_post(authors=[author], published_at=None), uuid4()
    autosave(client, post, window=window, body="Typed.")
    Post.objects.update(published_at=timezone.now())

    page = change_page(client, post)
    compared = client.get(address("copy", window))

    assert offered(page) == [str(window)]
    assert "Typed" in compared.content.decode()
    assert "Restore" not in compared.content.decode()


@pytest.mark.parametrize("role", [None, roles.MODERATOR])
def test_others_may_not_autosave(client, role):
    if role:
        sign_in(client, role)

    response = autosave(client, body="x")

    assert response.status_code == (403 if role else 302)
    assert not WorkingCopy.objects.exists()


def test_token_is_for_writers(client):
    assert client.get(address("token")).status_code == 302
    author = sign_in(client)

    answer = client.get(address("token"))

    assert answer.json()["user"] == author.pk
    assert "no-store" in answer["Cache-Control"]


def test_new_proof_of_origin_is_taken():
    strict, editor = Client(enforce_csrf_checks=True), make_user(is_staff=True, is_superuser=True)
    strict.force_login(editor)
    token = strict.get(address("token")).json()["token"]

    data = {"window": uuid4(), "fields_held": "", "csrfmiddlewaretoken": token}

    assert strict.post(address("autosave"), data).status_code == 200
    assert strict.post(address("autosave"), data | {"csrfmiddlewaretoken": "x"}).status_code == 403


# --- Hostile ----------------------------------------------------------------------


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"window": "no uuid"},
        {"text": "0"},
        {"text": "x"},
        {"based_on": "-1"},
        {"based_on": 2**40},
        {"fields_held": "{"},
        {"fields_held": "[]"},
        {"fields_held": "1"},
        {"fields_held": '{"body": "text"}'},
        {"fields_held": '{"body": [1]}'},
        {"fields_held": '{"body": ["a\\u0000b"]}'},
        {"fields_held": '{"body": ["\\ud800"]}'},
        {"fields_held": '{"b\\u0000": ["a"]}'},
        {"fields_held": "[" * 100_000},
        {"fields_held": json.dumps({str(n): ["x"] for n in range(501)})},
        {"fields_held": json.dumps({"body": ["x" * 1_600_000]})},
        {"windows": "x y"},
    ],
)
def test_nonsense_is_refused(desk, sent):
    data = {"window": str(uuid4())} | sent if sent else {}

    assert desk.post(address("autosave"), data).status_code == 400
    assert not WorkingCopy.objects.exists()


@pytest.mark.parametrize("pk", [99_999, 2**63 - 1])
def test_text_that_is_not_there_is_not_found(desk, pk):
    response = desk.post(address("autosave"), {"window": uuid4(), "text": pk})

    assert response.status_code == 404


def test_window_of_one_text_writes_no_other(desk):
    one, other, window = make_post(), make_post(), uuid4()
    autosave(desk, one, window=window, body="Typed.")

    statuses = [
        autosave(desk, other, window=window, body="x").status_code,
        autosave(desk, window=window, body="x").status_code,
        autosave(desk, window=window, model="page", body="x").status_code,
    ]

    assert statuses == [409, 409, 409]
    assert held(window) == {"body": "Typed."}


def test_restored_nonsense_breaks_no_page(desk):
    post, window = make_post(), uuid4()
    odd = {"bylines-TOTAL_FORMS": "9" * 30, "published_at_0": "x", "cover": "x", "series": "99999"}
    autosave(desk, post, window=window, body="Typed.", **odd)

    response = desk.get(address("change", post.pk) + f"?copy={window}")

    assert response.status_code == 200


def test_newest_fifty_windows_are_kept(desk, editor):
    windows = [uuid4() for _number in range(60)]
    for window in windows:
        autosave(desk, window=window, body="Typed.")
    for _number in range(60):
        autosave(desk)

    kept = set(WorkingCopy.objects.exclude(fields__isnull=True).values_list("window", flat=True))
    assert kept == set(windows[-working_copies.MOST :])
    assert WorkingCopy.objects.filter(fields__isnull=True).count() == working_copies.MOST


# --- Forgetting -------------------------------------------------------------------


def test_what_nobody_asked_for_in_a_month_is_forgotten(desk):
    old, new = uuid4(), uuid4()
    autosave(desk, window=old, body="Typed.")
    WorkingCopy.objects.update(seen_at=timezone.now() - timedelta(days=31))
    autosave(desk, window=new, body="Typed.")
    WorkingCopy.objects.filter(window=new).update(seen_at=timezone.now() - timedelta(days=29))

    working_copies.forget()

    assert [copy.window for copy in WorkingCopy.objects.all()] == [new]


# --- Costs ------------------------------------------------------------------------


def test_many_windows_and_offers_cost_no_more_queries(desk):
    post = make_post()

    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            response = change_page(desk, post)
        return len(captured), response

    autosave(desk, post, body="Typed.")
    queries()  # what many pages need is remembered from then on
    few, _page = queries()
    for _number in range(30):
        autosave(desk, post, body="Typed.")
    many, page = queries()

    assert many == few
    assert len(offered(page)) == working_copies.OFFERED


def test_page_to_come_back_to_says_so(desk):
    response = desk.get(reverse("admin:posts_post_signed_in"))

    assert "Close this tab and go on writing" in response.content.decode()
