"""The record at the desk."""

import pytest
from django.contrib.auth.models import Permission
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.tests.factories import make_user
from blogsite.audit.models import Event

pytestmark = pytest.mark.django_db

LIST = reverse("admin:audit_event_changelist")


@pytest.fixture
def desk(client):
    client.force_login(make_user(display_name="Root", is_staff=True, is_superuser=True))
    Event.forgettable.all().delete()  # of the sign-in itself
    return client


def make_event(verb="accounts.signed_in", actor=None, **columns):
    name = actor.name if actor else ""
    return Event.objects.create(verb=verb, **{"actor": actor, "actor_name": name} | columns)


def on_post(name, key="7"):
    return {"target_type": "posts.post", "target_id": key, "target_name": name}


def listed(client, **query):
    return [str(event) for event in client.get(LIST, query).context["cl"].result_list]


def test_list_reads_as_sentences_newest_first(desk):
    ada = make_user(display_name="Ada")
    make_event(actor=ada)
    make_event("posts.tag_added", ada, target_type="posts.tag", target_id="1", target_name="Bees")
    make_event("elsewhere.thing_deleted", **on_post("Honey"))
    make_event("elsewhere.stirred", actor_name="manage.py stir", **on_post("Honey"))

    assert listed(desk) == [
        "manage.py stir: elsewhere.stirred post “Honey”",
        "Somebody deleted post “Honey”",
        "Ada added tag “Bees”",
        "Ada signed in",
    ]


def test_search_finds_people_addresses_keys_and_names(desk):
    ada, bo = make_user(display_name="Ada", email="ada@example.org"), make_user(display_name="Bo")
    by_ada = make_event(actor=ada, address="203.0.113.9")
    to_ada = make_event(
        "accounts.role_given", bo, target_type="accounts.user", target_id=ada.pk, target_name="X"
    )
    post = make_event("posts.post_changed", bo, **on_post("Honey", key="4711"))

    def found(words):
        return {event.pk for event in desk.get(LIST, {"q": words}).context["cl"].result_list}

    assert found("ada") == found("ada@example.org") == {by_ada.pk, to_ada.pk}
    assert found("203.0.113.9") == {by_ada.pk}
    assert found("4711") == found("honey") == {post.pk}
    assert found("nobody at all") == found("203.0.113.99") == set()


def test_filters_leave_what_they_name(desk):
    ada, bo = make_user(display_name="Ada"), make_user(display_name="Bo")
    make_event(actor=ada)
    make_event("posts.post_changed", bo, **on_post("Honey"))

    assert listed(desk, about="accounts") == ["Ada signed in"]
    assert listed(desk, kind="posts.post") == listed(desk, actor__id__exact=bo.pk)
    assert listed(desk, kind="posts.post") == ["Bo changed post “Honey”"]
    assert listed(desk, about="junk") == listed(desk)


def test_page_of_an_event_tells_all_and_offers_nothing(desk):
    event = make_event(
        "posts.post_changed",
        make_user(display_name="Ada"),
        **on_post("<b>Honey</b>"),
        details={"fields": ["Title", "Text"], "<i>": "<u>"},
        address="203.0.113.9",
        device="<script>",
    )

    page = desk.get(reverse("admin:audit_event_change", args=[event.pk])).content.decode()

    assert "fields: Title, Text" in page
    assert 'href="/admin/posts/post/7/change/"' in page
    assert [tag for tag in ("<b>Honey", "<i>", "<u>", "<script>") if tag in page] == []
    assert 'name="_save"' not in page
    assert "deletelink" not in page


def test_nobody_adds_changes_or_deletes_events(desk):
    event = make_event()
    url = reverse("admin:audit_event_change", args=[event.pk])
    marked = {"action": "delete_selected", "_selected_action": event.pk, "post": "yes"}

    answers = [
        desk.post(reverse("admin:audit_event_add"), {"verb": "x"}).status_code,
        desk.post(url, {"verb": "x"}).status_code,
        desk.post(
            reverse("admin:audit_event_delete", args=[event.pk]), {"post": "yes"}
        ).status_code,
    ]
    desk.post(LIST, marked)

    assert answers == [403, 403, 403]
    assert Event.objects.get().verb == event.verb
    assert b"delete_selected" not in desk.get(LIST).content


def test_only_who_may_view_it_sees_it(client):
    make_event()
    other, reader = make_user(is_staff=True), make_user(is_staff=True)
    reader.user_permissions.add(Permission.objects.get(codename="view_event"))

    client.force_login(other)
    refused = client.get(LIST)
    client.force_login(reader)

    assert (refused.status_code, client.get(LIST).status_code) == (403, 200)


@pytest.mark.parametrize("query", [{}, {"q": "ada"}, {"about": "posts"}])
def test_list_costs_the_same_for_one_and_for_many(desk, query):
    def queries():
        make_event("posts.post_changed", make_user(display_name="Ada"), **on_post("Ada"))
        desk.get(LIST, query)  # what is remembered between requests is asked for once
        with CaptureQueriesContext(connection) as asked:
            desk.get(LIST, query)
        return len(asked)

    assert queries() == queries() == queries()
