"""Visitors who write comments at once, and send again what got no answer."""

import http.client
import queue
import threading
import time
from dataclasses import dataclass, field
from email.message import Message
from typing import NamedTuple
from urllib.parse import urlencode

from blogsite.tests.faults.furniture import SLUG
from blogsite.tests.faults.site import Site
from comments.tests.writing import fields, stamp_of

STORED = 303
BUSY = 503
NO_ANSWER = 0
AGAIN_AFTER = 0.05  # seconds until a visitor tries again
LONGEST = 240  # seconds that all of them together may take


class Refusal(NamedTuple):
    """An answer that is no success."""

    headers: Message
    page: str


@dataclass
class Submission:
    """One comment that somebody wants to leave; `word` is in it and in nothing else."""

    number: int
    is_held: bool = False  # filled in too fast, so that it waits for a moderator
    gives_up: bool = False  # sent once, and not again where no answer came
    more: dict = field(default_factory=dict)  # fields of the form
    answers: list[int] = field(default_factory=list)  # statuses, NO_ANSWER among them
    refusals: list[Refusal] = field(default_factory=list)

    @property
    def word(self) -> str:
        return f"w{self.number:06d}x"

    @property
    def is_answered(self) -> bool:
        return STORED in self.answers

    @property
    def network_address(self) -> str:
        """One to a network, so that the limits by address and network refuse nobody."""
        return f"10.{self.number // 250 % 250}.{self.number % 250}.7"

    @property
    def form(self) -> dict:
        own = {
            "body": f"{self.word} is what I have to say.",
            "name": f"Visitor {self.number}",
            "email": f"visitor{self.number}@example.org",
            "stamp": stamp_of(1 if self.is_held else 60),
        }
        return fields(**own | self.more)


def make_submissions(count: int, giving_up: int = 0, first: int = 0) -> list[Submission]:
    """So many, every second to be held; every `giving_up`th is sent only once."""
    return [
        Submission(
            number, is_held=number % 2 == 0, gives_up=bool(giving_up) and number % giving_up == 0
        )
        for number in range(first, first + count)
    ]


def send(site: Site, submission: Submission, slug: str = SLUG) -> int:
    """Send it once; the status of the answer, which `submission` remembers."""
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": submission.network_address,
    }
    try:
        status, told, page = site.ask(
            "POST", f"/post/{slug}/comments/", urlencode(submission.form), headers
        )
    except (OSError, http.client.HTTPException):
        submission.answers.append(NO_ANSWER)
        return NO_ANSWER
    submission.answers.append(status)
    if status != STORED:
        submission.refusals.append(Refusal(told, page))
    return status


class Crowd:
    """So many visitors at once, who share what is to be sent; each sends until it is stored."""

    def __init__(self, site: Site, submissions: list[Submission], visitors: int = 12):
        self.site = site
        self.submissions = submissions
        self.waiting = queue.SimpleQueue()
        for submission in submissions:
            self.waiting.put(submission)
        self.end = time.monotonic() + LONGEST
        self.threads = [threading.Thread(target=self.write) for _ in range(visitors)]

    def __enter__(self) -> "Crowd":
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, kind, *exception) -> None:
        if kind:
            self.end = 0
        for thread in self.threads:
            thread.join()

    def write(self) -> None:
        while not self.is_late:
            try:
                submission = self.waiting.get_nowait()
            except queue.Empty:
                return
            while send(self.site, submission) in {NO_ANSWER, BUSY}:
                if submission.gives_up or self.is_late:
                    break
                time.sleep(AGAIN_AFTER)

    @property
    def is_late(self) -> bool:
        return time.monotonic() > self.end

    @property
    def answered(self) -> int:
        return sum(submission.is_answered for submission in self.submissions)
