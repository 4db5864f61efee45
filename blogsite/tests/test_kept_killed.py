"""A writer that is killed at the worst moment leaves no page behind that is out of date."""

import os
import subprocess
import sys
from contextlib import contextmanager

import pytest
from django.conf import settings
from django.db import connection

from blogsite.tests import kept_reader
from blogsite.tests.kept_readers import assert_all_right, readers, told
from posts.models import Post
from posts.tests.factories import make_post

pytestmark = pytest.mark.django_db(transaction=True)

ADDRESSES = ["/", "/post/killed/", "/feed/"]
# It writes, and stops to be killed where `{stop}` says.
WRITER = """
import time
from blogsite.tests.kept_reader import as_in_tests
import django
django.setup(set_prefix=False)
as_in_tests()
from django.db import transaction
from blogsite.pagecache.counters import Change
from posts.models import Post

def stop(*arguments):
    print("here", flush=True)
    time.sleep(600)

if "{stop}" == "after the commit":
    Change.end = stop
with transaction.atomic():
    Post.objects.filter(slug="killed").update(title="The new title")
    if "{stop}" == "before the commit":
        stop()
"""


@contextmanager
def writer_that_stops(where: str):
    environment = {
        "DJANGO_SETTINGS_MODULE": "blogsite.settings",
        kept_reader.DATABASE: str(connection.settings_dict["NAME"]),
        kept_reader.TOPICS: str(settings.PAGECACHE_TOPICS),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", WRITER.format(stop=where)],
        cwd=settings.BASE_DIR,
        env=os.environ | environment,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout.readline() == "here\n"
        yield
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize(
    ("where", "title"),
    [("before the commit", "The old title"), ("after the commit", "The new title")],
)
def test_page_is_right_after_its_writer_was_killed(where, title):
    make_post(slug="killed", title="The old title")
    with readers(1) as started:
        told(started, ask=ADDRESSES)

        with writer_that_stops(where):
            assert_all_right(started, ADDRESSES, "the writer has stopped")

        assert_all_right(started, ADDRESSES, "the writer was killed")
        assert_all_right(started, ADDRESSES, "that was noticed")
    assert Post.objects.get().title == title


def test_other_pages_stay_kept_while_a_change_is_under_way():
    make_post(slug="killed")
    other = "/accent/30.css"  # which is made of nothing
    with readers(1) as started:
        told(started, ask=[other])
        (before,) = told(started, hits=True)

        with writer_that_stops("before the commit"):
            told(started, ask=[other])

        assert told(started, hits=True) == [before + 1]
