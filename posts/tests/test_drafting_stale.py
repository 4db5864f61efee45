"""Two people edit one text: nobody overwrites, and both texts are kept."""

import threading
from uuid import uuid4

import pytest
from django.db import connections
from django.test import Client

from posts import revisions
from posts.models import Post, Revision, WorkingCopy
from posts.tests.drafting import held, offered
from posts.tests.factories import make_page, make_post, make_tag, make_user
from posts.tests.writing import address, edit, errors_of, fields_of

BASE = "one\ntwo\nthree\nfour\nfive\n"

pytestmark = pytest.mark.django_db


@pytest.fixture
def other():
    """Ann, who edits the same text."""
    client = Client()
    client.force_login(make_user(display_name="Ann", is_staff=True, is_superuser=True))
    return client


def opened(desk, text) -> dict:
    """What a form sends that was opened just now."""
    return fields_of(desk.get(address("change", text.pk, model=text._meta.model_name)))


def send(desk, text, form, *, button="_continue", **changes):
    url = address("change", text.pk, model=text._meta.model_name)
    return desk.post(url, form | {"window": uuid4(), button: "1"} | changes)


def shown(response, name):
    return response.context["adminform"].form[name].value()


@pytest.mark.parametrize("make", [make_post, make_page])
def test_stale_save_is_refused_and_both_texts_are_kept(desk, other, make):
    text, window = make(body=BASE), uuid4()
    form = opened(desk, text)
    edit(other, text, body="Ann's.")

    response = send(desk, text, form, body="Mine.", window=window)

    text.refresh_from_db()
    assert response.status_code == 200
    assert errors_of(response) == {"__all__": ["Somebody saved this text meanwhile."]}
    assert "Ann saved this text while you were writing" in response.content.decode()
    assert text.body == "Ann's."
    assert shown(response, "body") == "Mine."
    assert held(window)["body"] == "Mine."
    assert Revision.objects.filter(body="Ann's.").exists()


def test_stale_form_stays_stale_however_often_it_is_sent(desk, other):
    post = make_post(body=BASE)
    form = opened(desk, post)
    edit(other, post, body="Ann's.")

    again = fields_of(send(desk, post, form, body="Mine."))
    response = send(desk, post, again)

    assert response.status_code == 200
    assert Post.objects.get().body == "Ann's."


def test_what_was_refused_is_offered_later(desk, other):
    post, window = make_post(body=BASE), uuid4()
    form = opened(desk, post)
    edit(other, post, body="Ann's.")
    send(desk, post, form, body="Mine.", window=window)

    page = desk.get(address("change", post.pk))
    restored = desk.get(address("change", post.pk) + f"?copy={window}")

    assert offered(page) == [str(window)]
    assert "both will be merged" in page.content.decode()
    assert restored.context["is_stale"]


def test_saving_one_after_another_is_no_conflict(desk, other):
    post = make_post(body=BASE)

    edit(other, post, body="Ann's.")
    response = edit(desk, post, body="Mine.")

    assert response.status_code == 302
    assert Post.objects.get().body == "Mine."


def test_nonsense_in_place_of_the_revision_is_stale(desk):
    post = make_post(body=BASE)
    edit(desk, post, body="Newer.")

    for based_on in ["x", "", "-1", "9" * 30]:
        assert edit(desk, post, body="Mine.", based_on=based_on).status_code == 200

    assert Post.objects.get().body == "Newer."


# --- Merging ----------------------------------------------------------------------


def merge(desk, post, form, **changes):
    return send(desk, post, form, button="_merge", **changes)


def test_merge_takes_what_each_has_changed(desk, other):
    post = make_post(title="Title", summary="Old.", body=BASE, tags=[make_tag("Red")])
    form = opened(desk, post)
    edit(other, post, body=BASE.replace("one", "1"), summary="Ann's.", tag_names="Red, Blue")

    response = merge(desk, post, form, body=BASE.replace("five", "5"), title="Mine")
    post.refresh_from_db()

    merged = {name: shown(response, name) for name in ["title", "summary", "body", "tag_names"]}
    assert merged == {
        "title": "Mine",
        "summary": "Ann's.",
        "body": "1\ntwo\nthree\nfour\n5\n",
        "tag_names": "Blue, Red",
    }
    assert post.body == BASE.replace("one", "1")
    assert "There are no conflicts" in response.content.decode()


def test_merged_text_is_saved_as_the_newest_and_settles_what_was_kept(desk, other):
    post, window = make_post(body=BASE), uuid4()
    form = opened(desk, post)
    edit(other, post, body=BASE.replace("one", "1"))
    merged = merge(desk, post, form, body=BASE.replace("five", "5"), window=window)
    before = held(window)

    response = desk.post(address("change", post.pk), fields_of(merged) | {"_continue": "1"})

    assert before["body"] == BASE.replace("five", "5")
    assert response.status_code == 302
    assert Post.objects.get().body == "1\ntwo\nthree\nfour\n5\n"
    assert not WorkingCopy.objects.exclude(fields__isnull=True).exists()


def test_conflict_is_marked_listed_and_held_back_until_it_is_resolved(desk, other):
    post = make_post(body=BASE)
    form = opened(desk, post)
    edit(other, post, body=BASE.replace("three", "3"))
    merged = merge(desk, post, form, body=BASE.replace("three", "drei"))

    refused = desk.post(address("change", post.pk), fields_of(merged) | {"_continue": "1"})
    resolved = fields_of(refused) | {"body": BASE.replace("three", "drei 3")}
    response = desk.post(address("change", post.pk), resolved | {"_continue": "1"})

    assert "drei\n=======\n3\n" in shown(merged, "body").replace("\r\n", "\n")
    assert "1 conflict" in merged.content.decode()
    assert 'data-jump-line="3"' in merged.content.decode()
    assert "see lines 3, 7" in errors_of(refused)["body"][0]
    assert response.status_code == 302
    assert Post.objects.get().body == BASE.replace("three", "drei 3")


def test_text_about_conflicts_is_no_conflict(desk):
    body = "```\n<<<<<<< HEAD\na\n=======\nb\n>>>>>>> main\n```\n"

    response = edit(desk, make_post(), body=body)

    assert response.status_code == 302


def test_field_that_both_changed_keeps_yours_and_shows_theirs(desk, other):
    post = make_post(title="Title", body=BASE)
    form = opened(desk, post)
    edit(other, post, title="Ann's")

    response = merge(desk, post, form, title="Mine")

    assert shown(response, "title") == "Mine"
    [choice] = response.context["drafted"].reconciled.choices
    assert (choice.label, choice.mine, choice.theirs) == ("Title", "Mine", "Ann's")
    assert 'data-take-field="title"' in response.content.decode()


def test_authors_are_those_that_are_stored(desk, other):
    ann, bob = make_user(is_staff=True), make_user(is_staff=True)
    post = make_post(body=BASE, authors=[ann, bob])
    form = opened(desk, post)
    edit(other, post, **{"bylines-1-DELETE": "on", "body": "Ann's."})

    merged = merge(desk, post, form, body="Mine.")
    resolved = fields_of(merged) | {"body": "Both.", "_continue": "1"}
    response = desk.post(address("change", post.pk), resolved)

    assert response.status_code == 302
    assert list(post.authors.all()) == [ann]


def test_merge_without_known_origin_marks_all_that_differs(desk):
    post = make_post(body="one\ntheirs\nthree\n")
    revisions.keep(post)
    Revision.objects.all().delete()
    Post.objects.update(revision_number=5)
    form = opened(desk, post) | {"based_on": "3"}

    response = merge(desk, post, form, body="one\nmine\nthree\n")

    body = shown(response, "body")
    assert body == "one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> revision 5\nthree\n"


def test_line_ends_of_windows_survive_a_merge(desk, other):
    post = make_post(body=BASE.replace("\n", "\r\n"))
    form = opened(desk, post)
    edit(other, post, body=BASE.replace("one", "1").replace("\n", "\r\n"))

    merged = merge(desk, post, form, body=BASE.replace("five", "5").replace("\n", "\r\n"))
    desk.post(address("change", post.pk), fields_of(merged) | {"_continue": "1"})

    assert Post.objects.get().body == "1\r\ntwo\r\nthree\r\nfour\r\n5\r\n"


@pytest.mark.parametrize("key", ["9" * 25, "9" * 5000, "-1", "²", "x"])
def test_merging_bears_a_chosen_row_that_cannot_be(desk, other, key):
    text = make_post(body=BASE)
    form = opened(desk, text)
    edit(other, text, cover_alt="Theirs.", body="Ann's.")

    response = send(desk, text, form, button="_merge", cover=key, body="Mine.", based_on=77)

    assert response.status_code == 200
    assert "Mine." in shown(response, "body")


def test_merging_saves_nothing_whatever_else_is_sent(desk, other):
    post = make_post(body=BASE)
    form = opened(desk, post)

    merge(desk, post, form, body="Mine.", _continue="1", _publish="1")

    assert Post.objects.get().body == BASE


# --- At the same moment -----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_is_refused():
    post = make_post(body=BASE)
    clients = [Client(), Client()]
    for client in clients:
        client.force_login(make_user(is_staff=True, is_superuser=True))
    forms = [opened(client, post) for client in clients]
    statuses, start = [], threading.Barrier(2)

    def save(client, form, body):
        start.wait()
        try:
            statuses.append(send(client, post, form, body=body).status_code)
        finally:
            connections.close_all()

    threads = [
        threading.Thread(target=save, args=(client, form, body))
        for client, form, body in zip(clients, forms, ["First.", "Second."], strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(statuses) == [200, 302]
    lost = {"First.", "Second."} - {Post.objects.get().body}
    kept = WorkingCopy.objects.exclude(fields__isnull=True).get()
    assert kept.fields["body"] == list(lost)
