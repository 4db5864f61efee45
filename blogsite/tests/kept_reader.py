"""A web process of its own in tests of kept pages: it answers what it is told to ask.

It reads one order a line from its standard input, and answers each with one line, both as JSON:
`{"ask": [addresses]}`, `{"race": [addresses]}` to go on asking until the next order, and
`{"clock": seconds}` to go so far ahead of the clock, `{"write": [sql, values]}` to change something
itself, and `{"hits": true}` to tell how often it answered from what it kept.
"""

import io
import json
import os
import sys
import threading
import time
from datetime import timedelta
from urllib.parse import unquote, urlsplit

import django
from django.conf import settings
from django.db import connection
from django.utils import timezone

STARTED_AS = "blogsite.tests.kept_reader"
DATABASE = "KEPT_READER_DATABASE"
TOPICS = "KEPT_READER_TOPICS"
REAL_NOW, REAL_TIME = timezone.now, time.time


def ask(application, address: str, **more) -> list:
    """Status, headers and text of the answer to a GET, as a visitor without a cookie gets it."""
    parts, site, told = urlsplit(address), urlsplit(settings.SITE_URL), []
    environ = {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(parts.path).encode().decode("latin-1"),
        "QUERY_STRING": parts.query,
        "SERVER_NAME": site.hostname,
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": site.netloc,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": site.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
    } | more
    answer = application(
        environ, lambda status, headers, error=None: told.extend([status, headers])
    )
    body = b"".join(answer).decode("utf-8", "replace")
    if hasattr(answer, "close"):
        answer.close()
    headers = sorted([name.lower(), value] for name, value in told[1])
    return [told[0].split()[0], headers, body]


def go_ahead(seconds: float) -> None:
    """From now on the clock of this process is so far ahead of the real one."""
    timezone.now = lambda: REAL_NOW() + timedelta(seconds=seconds)
    time.time = lambda: REAL_TIME() + seconds


class Racing:
    """Asks all the time, until it is stopped."""

    def __init__(self, application, addresses: list[str]):
        self.is_over = threading.Event()
        self.thread = threading.Thread(target=self.run, args=[application, addresses])
        self.thread.start()

    def run(self, application, addresses: list[str]) -> None:
        while not self.is_over.is_set():
            for address in addresses:
                ask(application, address)

    def stop(self) -> None:
        self.is_over.set()
        self.thread.join()


def main() -> None:
    django.setup(set_prefix=False)
    as_in_tests()
    from blogsite.pagecache.activity import HITS
    from blogsite.pagecache.layer import PageCache
    from blogsite.request import Handler

    cache, racing = PageCache(Handler()), None
    for line in sys.stdin:
        order = json.loads(line)
        if racing:
            racing.stop()
            racing = None
        answer = []
        if "clock" in order:
            go_ahead(order["clock"])
        elif "race" in order:
            racing = Racing(cache, order["race"])
        elif "write" in order:
            with connection.cursor() as cursor:
                cursor.execute(*order["write"])
        elif "hits" in order:
            answer = cache.activity.numbers[HITS]
        else:
            answer = [ask(cache, address) for address in order["ask"]]
        print(json.dumps(answer), flush=True)


def as_in_tests() -> None:
    """The database and the settings of the test that started this."""
    settings.DATABASES["default"]["NAME"] = os.environ[DATABASE]
    settings.PAGECACHE_TOPICS = type(settings.PAGECACHE_TOPICS)(os.environ[TOPICS])
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    }


if __name__ == "__main__":
    main()
