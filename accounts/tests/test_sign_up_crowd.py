"""Two submit the same link in the same moment."""

import threading

import pytest
from django.db import connection
from django.test import Client

from accounts.models import User
from accounts.signing_up import links

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
