"""Everybody at once."""

import threading

from blogsite.tests.faults.audit import audit
from blogsite.tests.faults.test_locked import READ
from blogsite.tests.faults.visitors import STORED, Crowd, make_submissions

WRITERS, READERS = 200, 20
PAUSE = 0.2  # seconds in which a reader reads


class Readers:
    """So many people who read one page after the other until they are told to stop."""

    def __init__(self, site, count: int):
        self.site = site
        self.statuses = []
        self.done = threading.Event()
        self.threads = [threading.Thread(target=self.read, args=[n]) for n in range(count)]

    def read(self, number: int) -> None:
        while not self.done.is_set():
            self.statuses.append(self.site.status_of(READ[number % len(READ)]))
            number += 1
            self.done.wait(PAUSE)

    def __enter__(self) -> "Readers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self.done.set()
        for thread in self.threads:
            thread.join()


def test_two_hundred_write_at_once_while_others_read(site, mail_server):
    submissions = make_submissions(WRITERS)
    site.start()

    with Readers(site, READERS) as readers, Crowd(site, submissions, visitors=WRITERS):
        pass

    assert [each.answers for each in submissions] == [[STORED]] * WRITERS
    assert set(readers.statuses) == {200}
    audit(site, submissions, mail_server)
