"""Every address and every action of the desk, tried by every role; `rights.py` says who may.

What is new at the desk fails the first tests until somebody decides there whom it is for.
"""

from copy import deepcopy

import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.db import transaction
from django.test import Client
from django.urls import reverse

from accounts.tests.recent import sign_in_just_now
from blogsite.tests.desk_world import PASSWORD, make_people, make_rows
from blogsite.tests.rights import ANSWERS, DEEDS, OTHER, ROOMS, WHO
from blogsite.tests.test_leaks import all_names
from posts.tests.writing import fields_of

pytestmark = pytest.mark.django_db

STANDARD = ["changelist", "add", "change", "delete", "history"]
UNWATCHED = {"sessions.session", "usersessions.usersession"}


class Desk:
    """The world of one test, and a client for each person in it."""

    def __init__(self):
        self.people = make_people()
        self.rows = make_rows(self.people)
        self.clients = {"anonymous": Client()}
        for who, person in self.people.items():
            self.clients[who] = Client()
            sign_in_just_now(self.clients[who], person)
        self.before = snapshot()  # of each POST, for all are taken back

    def may_look(self, who, url) -> bool:
        response = self.clients[who].get(url, follow=True)
        return response.status_code == 200 and not is_shown_out(response.redirect_chain)

    def form_of(self, url) -> dict:
        """What a superuser's browser would send back; nothing where there is no form."""
        response = self.clients["superuser"].get(url)
        if response.status_code != 200 or "adminform" not in (response.context or {}):
            return {}
        return fields_of(response)

    def answer_to(self, action) -> dict[str, str]:
        """What the page sends that the action shows first, if it shows one."""
        known = {"tag": self.rows["posts.tag"][""].name, "person": self.people["editor"].pk}
        return {name: said.format(**known) for name, said in ANSWERS.get(action, {}).items()}

    def change_by(self, who, url, data):
        """The answer to a POST and whether it changed anything; all of it is taken back."""
        client = self.clients[who]
        cookies = deepcopy(client.cookies)
        with transaction.atomic():
            response = client.post(url, data)
            changed = [name for name, rows in snapshot().items() if rows != self.before[name]]
            transaction.set_rollback(True)
        client.cookies = cookies  # a new session went with the rest
        return response, changed


@pytest.fixture
def desk():
    return Desk()


def is_shown_out(redirects) -> bool:
    """Whether the way led to the sign-in page, or back to the start with a sentence."""
    return bool(redirects) and any(
        url.startswith(("/account/", "/admin/login/")) or url == reverse("admin:index")
        for url, _status in redirects
    )


def is_refusal(response) -> bool:
    if response.status_code in {403, 404, 405}:
        return True
    return response.status_code == 302 and is_shown_out([(response.url, 302)])


def snapshot() -> dict[str, list]:
    """All rows of all tables but those of sessions."""
    return {
        model._meta.label_lower: list(model._base_manager.order_by("pk").values_list())
        for model in apps.get_models(include_auto_created=True)
        if not model._meta.proxy and model._meta.label_lower not in UNWATCHED
    }


def everyone(letters: str) -> dict[str, bool]:
    """Whether each person may, by the letters of those who may."""
    outside = {"anonymous": False, "member": False}
    return outside | {who: letter in letters for letter, who in WHO.items()}


def room_of(label):
    return admin.site.get_model_admin(apps.get_model(label))


def address(label, page, *args):
    app, model = label.split(".")
    return reverse(f"admin:{app}_{model}_{page}", args=args)


def labels_here():
    return [model._meta.label_lower for model in admin.site._registry]


def differing(found: dict, right: dict) -> dict:
    return {key: found[key] for key in found if found[key] != right[key]}


# --- The matrix is whole ----------------------------------------------------------


def test_every_model_at_the_desk_is_in_the_matrix():
    assert set(labels_here()) <= set(ROOMS)


def test_every_address_of_the_desk_is_in_the_matrix():
    standard = {f"{label.replace('.', '_')}_{page}" for label in labels_here() for page in STANDARD}
    names = {name.removeprefix("admin:") for name in all_names() if name.startswith("admin:")}

    assert names - standard == set(DEEDS) | OTHER


def actions_of(label) -> set[str]:
    """The actions offered to a superuser, who is offered all there are."""
    request = type("Request", (), {"GET": {}, "user": make_people()["superuser"]})()
    return set(room_of(label).get_actions(request))


@pytest.mark.parametrize("label", ROOMS)
def test_every_action_is_in_the_matrix(label):
    if label not in labels_here():
        pytest.skip("is not at the desk")
    decided = {name.partition(" ")[0] for name in ROOMS[label].actions}

    assert decided == actions_of(label)


# --- Looking ----------------------------------------------------------------------


def pages_to_look_at(label, rows):
    room = ROOMS[label]
    yield address(label, "changelist"), room.list
    yield address(label, "add"), room.add
    for state, row in room.rows.items():
        key = rows[label][state].pk
        yield address(label, "change", key), row.look
        yield address(label, "history", key), row.look
        yield address(label, "delete", key), row.delete


@pytest.mark.parametrize("label", ROOMS)
def test_who_may_look(desk, label):
    if label not in labels_here():
        pytest.skip("is not at the desk")
    wrong = {}

    for url, letters in pages_to_look_at(label, desk.rows):
        found = {who: desk.may_look(who, url) for who in desk.clients}
        if odd := differing(found, everyone(letters)):
            wrong[url] = odd

    assert wrong == {}


# --- Doing ------------------------------------------------------------------------


def posts_to_try(label, desk):
    """Address, what is sent, and who may."""
    room = ROOMS[label]
    yield address(label, "add"), desk.form_of(address(label, "add")), room.add
    for state, row in room.rows.items():
        key = desk.rows[label][state].pk
        change, delete = address(label, "change", key), address(label, "delete", key)
        yield change, desk.form_of(change) | {"_save": "1"}, row.change
        yield delete, {"post": "yes"}, row.delete


@pytest.mark.parametrize("label", ROOMS)
def test_who_may_save_and_delete(desk, label):
    """A form as a superuser's browser would send it, whoever sends it."""
    if label not in labels_here():
        pytest.skip("is not at the desk")
    wrong = {}

    for url, data, letters in posts_to_try(label, desk):
        for who, may in everyone(letters).items():
            response, changed = desk.change_by(who, url, data)
            if (bool(changed) or not is_refusal(response)) != may:
                wrong[url, who] = (response.status_code, changed)

    assert wrong == {}


@pytest.mark.parametrize("label", [label for label, room in ROOMS.items() if room.actions])
def test_who_may_act_on_marked_rows(desk, label):
    """Who may changes something; who may not changes nothing, whatever is answered."""
    wrong = {}

    for name, letters in ROOMS[label].actions.items():
        action, _space, state = name.partition(" ")
        marked = desk.rows[label][state].pk
        data = {"action": action, "index": "0", ACTION_CHECKBOX_NAME: marked, "post": "yes"}
        data |= desk.answer_to(action)
        # Lists leave out the trash until they are asked for it.
        trash = "?status=trashed" if state in {"trashed", "discarded"} else ""
        url = address(label, "changelist") + trash
        for who, may in everyone(letters).items():
            _response, changed = desk.change_by(who, url, data)
            if bool(changed) != may:
                wrong[name, who] = changed

    assert wrong == {}


@pytest.mark.parametrize("name", DEEDS)
def test_who_may_do_deeds(desk, name):
    wrong = {}

    for deed in DEEDS[name]:
        args = [desk.rows[deed.about][deed.state].pk] if deed.about else []
        query = deed.query.format(decision=desk.rows["comments.decision"][""].pk)
        data = deed.sends or {"password1": PASSWORD, "password2": PASSWORD}
        for who, may in everyone(deed.who).items():
            url = reverse(f"admin:{name}", args=args) + query
            response, changed = desk.change_by(who, url, data)
            if is_refusal(response) == may or bool(changed) != may:
                wrong[deed.about, deed.state, who] = (response.status_code, changed)

    assert wrong == {}
