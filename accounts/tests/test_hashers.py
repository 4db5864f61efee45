"""How passwords are kept, and what they may be."""

import threading

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, check_password, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client

from accounts import hashers
from accounts.hashers import TooBusy, Turns
from accounts.models import User
from accounts.tests.entrance import PASSWORD, is_signed_in, try_to_sign_in
from accounts.tests.factories import make_user

OURS = ["accounts.hashers.Argon2", "accounts.hashers.PBKDF2"]


@pytest.fixture
def real_hashers(settings):
    settings.PASSWORD_HASHERS = OURS


def test_password_is_hashed_as_owasp_asks(real_hashers):
    encoded = make_password(PASSWORD)

    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert check_password(PASSWORD, encoded)
    assert not check_password(PASSWORD + " ", encoded)


@pytest.mark.parametrize(
    "password", [" spaces at both ends ", "Ünïcödé ﬁ ∑ 😀", "a" * 128, "e\u0301"]
)
def test_any_sign_counts_as_it_is(real_hashers, password):
    encoded = make_password(password)

    assert check_password(password, encoded)
    assert not check_password(password.strip() + "x", encoded)


@pytest.mark.django_db
def test_old_hash_becomes_a_new_one_at_sign_in(real_hashers, client):
    user = make_user(email="ada@example.org")
    user.password = PBKDF2PasswordHasher().encode(PASSWORD, "salt" * 6, iterations=1000)
    user.save()

    try_to_sign_in(client, "ada@example.org", PASSWORD)

    user.refresh_from_db()
    assert is_signed_in(client, user)
    assert user.password.startswith("argon2$argon2id$")


# --- Many at once -----------------------------------------------------------------


def test_few_work_some_wait_and_the_others_are_refused():
    turns = Turns(working=2, waiting=1)
    inside, go_on = threading.Semaphore(0), threading.Event()

    def work():
        with turns.one():
            inside.release()
            go_on.wait()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
        inside.acquire()
    waiting = threading.Thread(target=work)
    waiting.start()
    while turns.places._value:  # until it has its place
        pass

    with pytest.raises(TooBusy), turns.one():
        pass

    go_on.set()
    for thread in [*threads, waiting]:
        thread.join()
    with turns.one():
        pass


@pytest.mark.django_db
def test_sign_in_while_too_many_hash_comes_again(real_hashers, client, monkeypatch):
    user = make_user(email="ada@example.org", password=PASSWORD)
    full = Turns(working=1, waiting=0)
    with monkeypatch.context() as patch, full.one():
        patch.setattr(hashers, "turns", full)
        responses = [try_to_sign_in(client, "ada@example.org", PASSWORD) for _ in range(12)]

    assert {each.status_code for each in responses} == {503}
    assert responses[0]["Retry-After"] == "5"
    # None of these counted as a guess.
    assert try_to_sign_in(client, "ada@example.org", PASSWORD).status_code == 302
    assert is_signed_in(client, user)


@pytest.mark.django_db(transaction=True)
def test_no_writer_waits_for_a_hash(settings):
    settings.PASSWORD_HASHERS = ["accounts.tests.test_hashers.Watching"]
    Watching.seen.clear()
    user = make_user(email="ada@example.org", password=PASSWORD)
    client = Client()

    try_to_sign_in(client, "ada@example.org")
    try_to_sign_in(client, "nobody@example.org")
    try_to_sign_in(client, "ada@example.org", PASSWORD)

    assert is_signed_in(client, user)
    assert len(Watching.seen) == 4  # the new password, and one for each try
    assert not any(Watching.seen)


class Watching(PBKDF2PasswordHasher):
    """Notes whether a transaction is open while it works."""

    iterations = 1
    seen = []

    def encode(self, *arguments):
        self.seen.append(connection.in_atomic_block)
        return super().encode(*arguments)

    def harden_runtime(self, *arguments):
        """Nothing; each try is one hash."""


# --- What may be chosen -----------------------------------------------------------


@pytest.mark.parametrize(
    "password",
    ["ten signs!", "  blanks   ", "ﬁve wörds of nönsense 😀", "a b c d e f g", "z9" * 64],
)
def test_password_may_be_anything_long_enough(password):
    validate_password(password, User(email="ada@example.org"))


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("nine sign", "password_too_short"),
        ("z9" * 64 + "!", "password_too_long"),
        ("password123", "password_too_common"),
        ("ada.lovelace", "password_too_similar"),
        ("AdaLovelace1", "password_too_similar"),
        ("countess-of", "password_too_similar"),
        ("Blogsite2026!!", "password_of_the_site"),
        ("administrator#1", "password_of_the_site"),
        ("Kettle-Journal-26", "password_of_the_site"),
    ],
)
def test_password_that_is_easy_to_guess_is_refused(settings, password, code):
    settings.SITE_HOST = "kettle-journal.example.org"
    person = User(
        email="ada.lovelace@example.org", display_name="Ada Lovelace", handle="countess-of"
    )

    with pytest.raises(ValidationError) as refusal:
        validate_password(password, person)

    assert code in {error.code for error in refusal.value.error_list}


@pytest.mark.django_db
def test_password_that_nobody_can_have_is_wrong_without_a_hash(settings, client):
    settings.PASSWORD_HASHERS = ["accounts.tests.test_hashers.Watching"]
    make_user(email="ada@example.org", password=PASSWORD)
    Watching.seen.clear()

    pages = [
        try_to_sign_in(client, address, "x" * 129).status_code
        for address in ["ada@example.org", "nobody@example.org"]
    ]

    assert pages == [200, 200]
    assert Watching.seen == []
