"""No connection goes unwatched."""

import threading

import pytest
from django.db import connection

from blogsite.pagecache.watching import Watch


@pytest.mark.django_db(transaction=True)
def test_connection_that_is_opened_inside_of_another_wrapper_stays_watched():
    watched = []

    def pass_on(execute, *arguments):
        return execute(*arguments)

    def ask():
        with connection.execute_wrapper(pass_on):
            connection.ensure_connection()
        watched.extend(isinstance(each, Watch) for each in connection.execute_wrappers)
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()

    assert watched == [True]
