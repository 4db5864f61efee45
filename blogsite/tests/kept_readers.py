"""Web processes beside a test, each with kept pages of its own, on the database of the test."""

import json
import os
import re
import subprocess
import sys
from contextlib import contextmanager

from django.conf import settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection

from blogsite.request import Handler
from blogsite.tests import kept_reader

# The headers by which pages may differ. ETag and Last-Modified are those of one process.
TOLD = {"content-type", "location", "link", "cache-control", "x-robots-tag", "set-cookie"}
STAMP = re.compile(r'(name="stamp" value=")[^"]*')  # when a form was made


class Reader:
    def __init__(self):
        environment = {
            "DJANGO_SETTINGS_MODULE": "blogsite.settings",
            kept_reader.DATABASE: str(connection.settings_dict["NAME"]),
            kept_reader.TOPICS: str(settings.PAGECACHE_TOPICS),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", kept_reader.STARTED_AS],
            cwd=settings.BASE_DIR,
            env=os.environ | environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def say(self, **order) -> None:
        self.process.stdin.write(json.dumps(order) + "\n")
        self.process.stdin.flush()

    def hear(self) -> list:
        line = self.process.stdout.readline()
        assert line, "the reader has ended"
        return json.loads(line)

    def end(self) -> None:
        self.process.stdin.close()
        self.process.wait()


@contextmanager
def readers(number: int):
    """So many web processes; they end with the block."""
    started = [Reader() for _ in range(number)]
    try:
        yield started
    finally:
        for reader in started:
            reader.end()


@contextmanager
def connection_left_open():
    """For Django asked in a test's own transaction; its test client does the same."""
    signals = [request_started, request_finished]
    for signal in signals:
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in signals:
            signal.connect(close_old_connections)


def ask_here(application, address: str, **more) -> list:
    """As `kept_reader.ask`, in a test's own transaction."""
    with connection_left_open():
        return kept_reader.ask(application, address, **more)


def told(some: list[Reader], **order) -> list[list]:
    """What each of them answers to the same order, which they carry out at the same time."""
    for reader in some:
        reader.say(**order)
    return [reader.hear() for reader in some]


def without_stamp(answer: list) -> list:
    status, headers, body = answer
    compared = [[name, value] for name, value in headers if name in TOLD]
    return [status, compared, STAMP.sub(r"\1", body)]


def made_now(addresses: list[str]) -> dict[str, list]:
    """What Django answers when it is asked itself."""
    application = Handler()
    return {
        address: without_stamp(json.loads(json.dumps(kept_reader.ask(application, address))))
        for address in addresses
    }


def assert_all_right(some: list[Reader], addresses: list[str], after: str) -> None:
    """Each serves, kept or not, what Django would make now."""
    served, expected = told(some, ask=addresses), made_now(addresses)
    for number, answers in enumerate(served):
        for address, answer in zip(addresses, answers, strict=True):
            assert expected[address][0] < "500", (address, after)
            assert without_stamp(answer) == expected[address], (number, address, after)
