"""Edits and comments while 200 read: no stale byte, and none that is somebody else's.

A page is stale if it does not show what was committed before it was asked for. Each edit has a
number, and so shows which one a page was made from.
"""

import http.client
import itertools
import os
import random
import re
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest
from django.test import override_settings

from blogsite.pagecache import activity
from blogsite.tests.faults.audit import audit_comments, audit_counts
from blogsite.tests.faults.furniture import SLUG
from blogsite.tests.faults.visitors import STORED, Submission, make_submissions, send
from blogsite.tests.faults.writing import DRAFT_WORD, writer_of

SECONDS = 60 if os.environ.get("FAULTS") == "long" else 20
STRANGERS, GUESTS = 150, 10
MEMBERS_EACH = 3  # windows of each member
PREVIEWS = 10
PAUSE = 0.3  # seconds in which a reader reads
COMMENTS_A_SECOND, EDITS_A_SECOND = 4, 5

PAGE = f"/post/{SLUG}/"
STATE = f"{PAGE}comments/state.json"
READ = [PAGE, STATE, "/", f"/post/{SLUG}.md", "/feed/", "/post/quiet/", f"{PAGE}comments/"]
VERSION = re.compile(r"v(\d{6})e")
WORD = re.compile(r"\bw\d{6}x\b")
NAME = re.compile(r"zqmember\d{3}")


@dataclass
class Truth:
    """What is known at a moment; `written` and `approved` are what a page must show at least."""

    begun: int = 0
    written: int = 0
    approved: int = 0
    waiting: set[str] = field(default_factory=set)  # words that only their guests may see

    def seen_by(self) -> "Truth":
        return Truth(self.begun, self.written, self.approved, set(self.waiting))


class Readers:
    """So many threads, each with a kind of reader in it; what was wrong is in `complaints`."""

    def __init__(self, site, truth: Truth):
        self.site, self.truth = site, truth
        self.is_over = threading.Event()
        self.complaints, self.asked = [], Counter()
        self.threads = []

    def add(self, kind: str, addresses: list[str], cookie="", name="", words=frozenset()) -> None:
        arguments = [kind, addresses, {"Cookie": cookie} if cookie else {}, name, words]
        self.threads.append(threading.Thread(target=self.read, args=arguments))

    def read(self, kind, addresses, headers, name, words) -> None:
        shuffled = random.Random(threading.current_thread().name).sample(addresses, len(addresses))
        for address in itertools.cycle(shuffled):
            if self.is_over.wait(PAUSE):
                return
            before = self.truth.seen_by()
            try:
                status, told, text = self.site.ask("GET", address, headers=headers)
            except (OSError, http.client.HTTPException) as error:
                self.complaints.append((kind, address, repr(error)))
                continue
            self.asked[kind] += 1
            after = self.truth.seen_by()
            wrong = what_is_wrong(before, after, (kind, name, words), (address, status, told, text))
            self.complaints.extend((kind, address, each) for each in wrong)

    def __enter__(self) -> "Readers":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *exception) -> None:
        self.is_over.set()
        for thread in self.threads:
            thread.join()


def what_is_wrong(before: Truth, after: Truth, reader: tuple, answer: tuple) -> list[str]:
    """In an answer that was asked for when things were as `before`, and was there by `after`."""
    (kind, name, words), (address, status, headers, text) = reader, answer
    versions = {int(number) for number in VERSION.findall(text)}
    wrong = []
    if status != 200:
        wrong.append(f"status {status}")
    if versions and min(versions) < before.written:
        wrong.append(f"stale: {min(versions)} after {before.written}")
    if versions and max(versions) > after.begun:
        wrong.append(f"from the future: {max(versions)}")
    if address == STATE and int(re.search(r'"count": (\d+)', text)[1]) < before.approved:
        wrong.append(f"stale: {text} after {before.approved}")
    if foreign := {*WORD.findall(text)} & before.waiting & after.waiting - words:
        wrong.append(f"waiting comments of others: {foreign}")
    if foreign := {*NAME.findall(text)} - {name}:
        wrong.append(f"other members: {foreign}")
    if kind != "preview" and DRAFT_WORD in text:
        wrong.append("the draft")
    if kind == "stranger" and ("csrfmiddlewaretoken" in text or headers.get_all("Set-Cookie")):
        wrong.append("a token or a cookie for a stranger")
    if kind != "stranger" and address == PAGE and "private" not in headers["Cache-Control"]:
        wrong.append("a page of one visitor is public")
    if kind == "member" and address == PAGE and name not in text:
        wrong.append("a member is not known")
    if kind == "guest" and not words <= {*WORD.findall(text)}:
        wrong.append("the comment that waits is missing")
    if kind == "preview" and DRAFT_WORD not in text:
        wrong.append("no draft")
    return wrong


def leave_waiting(site, submission: Submission) -> str:
    """Send a comment that has to wait; the cookies by which its guest is known."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": submission.network_address,
    }
    status, told, _page = site.ask("POST", f"{PAGE}comments/", urlencode(submission.form), headers)
    submission.answers.append(status)
    return "; ".join(each.partition(";")[0] for each in told.get_all("Set-Cookie"))


def comment(site, truth: Truth, submissions: list[Submission], writer) -> None:
    """Each is sent; of those that wait, the first of three is approved."""
    for number, submission in enumerate(submissions):
        time.sleep(1 / COMMENTS_A_SECOND)
        if submission.is_held:
            truth.waiting.add(submission.word)
        send(site, submission)
        if not submission.is_held:
            truth.approved += 1
        elif number % 3 == 0:
            truth.waiting.discard(submission.word)
            writer.do(approve=submission.word)
            truth.approved += 1


def edit(truth: Truth, writer) -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        truth.begun += 1
        writer.do(edit=truth.begun)
        truth.written = truth.begun
        time.sleep(1 / EDITS_A_SECOND)


@pytest.mark.faults
@pytest.mark.alone
def test_nobody_reads_what_is_over_or_what_is_another_s(site):
    site.variables["WEB_WORKERS"] = "2"
    site.start()
    truth = Truth()
    waiting = [Submission(number, is_held=True) for number in range(500_000, 500_000 + GUESTS)]
    submissions = make_submissions(SECONDS * COMMENTS_A_SECOND)
    with writer_of(site) as writer:
        readers = Readers(site, truth)
        for submission in waiting:
            truth.waiting.add(submission.word)
            cookie = leave_waiting(site, submission)
            readers.add("guest", [PAGE], cookie, words=frozenset([submission.word]))
        for _number in range(STRANGERS):
            readers.add("stranger", READ)
        for name, cookie in [*writer.people.items()] * MEMBERS_EACH:
            readers.add("member", READ, cookie, name)
        for _number in range(PREVIEWS):
            readers.add("preview", [writer.draft])
        with readers:
            commenting = threading.Thread(target=comment, args=[site, truth, submissions, writer])
            commenting.start()
            edit(truth, writer)
            commenting.join()

    # For whoever looks (`-s`).
    print(dict(readers.asked), truth.written, truth.approved, hits_of(site))
    assert readers.complaints[:5] == []
    assert {*itertools.chain(*(each.answers for each in [*waiting, *submissions]))} == {STORED}
    # Kept pages answered, and were made anew, or this would prove nothing.
    assert min(readers.asked.values()) > 0
    assert truth.written > 5
    assert hits_of(site) > readers.asked["stranger"] / 10
    audit_comments(site, [*waiting, *submissions])
    audit_counts(site)


def hits_of(site) -> int:
    """How many answers its processes gave from what they kept."""
    with override_settings(PAGECACHE_TOPICS=site.folder / "pagecache.topics"):
        return sum(row.numbers["hits"] for row in activity.of_all())
