"""Two submit the same link in the same moment."""

import threading

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.signing_up import links

IN_TRANSACTION = []


class Watching(MD5PasswordHasher):
    """Notes whether others can write while a password is hashed."""

    def encode(self, password, salt):
        IN_TRANSACTION.append(connection.in_atomic_block)
        return super().encode(password, salt)


pytestmark = pytest.mark.django_db(transaction=True)


def test_link_sent_twice_at_once_makes_one_account():
    link = links.link("ada@example.org").removeprefix("http://testserver")
    start, answers = threading.Barrier(4), []

    def finish(number):
        client = Client()
        start.wait()
        data = {"name": f"Ada {number}", "password": "some unusual words"}
        answers.append(client.post(link, data).status_code)
        connection.close()

    threads = [threading.Thread(target=finish, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(answers) == [302, 404, 404, 404]
    assert User.objects.count() == 1


def test_others_can_write_while_the_password_is_hashed(client, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.Watching"]
    link = links.link("ada@example.org").removeprefix("http://testserver")
    IN_TRANSACTION.clear()

    client.post(link, {"name": "Ada", "password": "some unusual words"})

    assert User.objects.count() == 1
    assert IN_TRANSACTION == [False]
