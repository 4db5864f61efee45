"""A database that somebody else holds for longer than writers wait."""

import sqlite3
from contextlib import closing, contextmanager

from blogsite.tests.faults.audit import audit
from blogsite.tests.faults.visitors import BUSY, STORED, make_submissions, send

READ = ["/", "/post/under-fire/", "/post/under-fire/comments/", "/feed/"]


@contextmanager
def locked(site):
    """Hold the database as a backup or a shell does; nobody else can write."""
    with closing(sqlite3.connect(site.database, isolation_level=None, timeout=60)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


def test_writer_keeps_the_text_and_readers_read_while_the_database_is_locked(site, mail_server):
    first, second, third = submissions = make_submissions(3)
    site.variables["DATABASE_URL"] = f"sqlite:///{site.database}?timeout=1"
    site.start()
    send(site, first)

    with locked(site):
        send(site, second)
        read = [site.status_of(path) for path in READ]
    send(site, second)
    send(site, third)

    assert [each.answers for each in submissions] == [[STORED], [BUSY, STORED], [STORED]]
    (refusal,) = second.refusals
    assert refusal.headers["Retry-After"] == "30"
    assert f"{second.word} is what I have to say.</textarea>" in refusal.page
    assert read == [200] * len(READ)
    assert "database is locked" in site.log
    audit(site, submissions, mail_server)
