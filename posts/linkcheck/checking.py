"""Asking other sites for the pages that texts link to: seldom, slowly, and once more if in doubt."""

import random
import time
from collections.abc import Iterator
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus

from django.utils import timezone

from blogsite.outgoing import web
from blogsite.outgoing.destinations import TooLarge
from posts.linkcheck.asking import due_links
from posts.linkcheck.verdict import Verdict, Word
from posts.models import ExternalLink

WEEK = timedelta(days=7)
DAY = timedelta(days=1)
ALMOST_A_DAY = timedelta(hours=23)  # rounds do not begin on the second
SECONDS = 10  # for one site to answer
PAUSE = 1.0  # seconds between two requests to one host
ROUND_SECONDS = 25  # then other jobs have their turn
ROUND_LINKS = 200
TOO_MANY = HTTPStatus.TOO_MANY_REQUESTS
LONGEST_REST = timedelta(days=7)  # that a site may ask for


def check_due(seconds: float = ROUND_SECONDS, most: int = ROUND_LINKS) -> int:
    """Ask for what is due, for about so long; how many links were asked for."""
    end = time.monotonic() + seconds
    return sum(1 for _link in check_links(due_links()[:most], end))


def check_links(links, end: float = float("inf")) -> Iterator[ExternalLink]:
    """Ask for each of `links` until the moment `end` of `time.monotonic()`; yields them as told."""
    asked: dict[str, float] = {}
    resting: set[str] = set()
    for link in in_turns(links):
        if time.monotonic() >= end:
            return
        if link.host in resting:
            continue
        wait = asked.get(link.host, 0) + PAUSE - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        verdict = ask(link.address)
        asked[link.host] = time.monotonic()
        note(link, verdict)
        if verdict.rest:
            resting.add(link.host)
            rest(link.host, verdict.rest)
        yield link


def in_turns(links) -> list[ExternalLink]:
    """`links`, one of each host after the other, so that no host is asked twice on end."""
    turns: dict[str, int] = {}
    numbered = []
    for place, link in enumerate(links):
        turn = turns[link.host] = turns.get(link.host, -1) + 1
        numbered.append((turn, place, link))
    return [link for _turn, _place, link in sorted(numbered, key=lambda each: each[:2])]


def ask(address: str) -> Verdict:
    """What another site says of one of its addresses."""
    try:
        answer = web.request("HEAD", address, timeout=SECONDS)
        if answer.status >= HTTPStatus.BAD_REQUEST and answer.status != TOO_MANY:
            # Many sites answer HEAD with an error that they do not mean.
            time.sleep(PAUSE)
            # A few bytes are enough; a site that sends all of them is there as well.
            headers = {"Range": "bytes=0-1023"}
            answer = web.request("GET", address, headers=headers, timeout=SECONDS)
    except TooLarge:
        return Verdict(Word.FINE)
    except web.Refused as refused:
        return Verdict(Word.UNSURE, problem=str(refused))
    except web.Failed as failed:
        return Verdict(Word.FAILED, problem=str(failed))
    return Verdict.of(answer.status, rest_asked(answer.headers.get("Retry-After", "")))


def rest_asked(value: str) -> timedelta:
    """What `Retry-After` asks for, in seconds or as a date; nothing where it says neither."""
    value = value.strip()
    if value.isascii() and value.isdigit() and len(value) < 10:
        return min(timedelta(seconds=int(value)), LONGEST_REST)
    try:
        left = parsedate_to_datetime(value) - timezone.now()
    except (ValueError, TypeError, OverflowError):
        return timedelta(0)
    return max(timedelta(0), min(left, LONGEST_REST))


def rest(host: str, pause: timedelta) -> None:
    """Leave a site alone that asked for it."""
    until = timezone.now() + pause
    ExternalLink.objects.filter(host=host, due_at__lt=until).update(due_at=until)


def note(link: ExternalLink, verdict: Verdict) -> None:
    """Store what came of asking; a failure counts when the one before is a day old."""
    now = timezone.now()
    link.checked_at, link.status, link.problem = now, verdict.status, verdict.problem[:300]
    link.due_at = now + WEEK * random.uniform(0.9, 1.1)  # noqa: S311 - spreads them
    if verdict.word is Word.FINE:
        link.failures, link.failing_since, link.failed_at = 0, None, None
    elif verdict.word is Word.FAILED:
        if link.failed_at is None or now - link.failed_at >= ALMOST_A_DAY:
            link.failures, link.failed_at = min(link.failures + 1, 1000), now
        link.failing_since = link.failing_since or now
        if not link.is_broken:
            link.due_at = now + DAY
    else:
        link.due_at = now + max(DAY, verdict.rest)
    link.save(
        update_fields=[
            "checked_at",
            "status",
            "problem",
            "due_at",
            "failures",
            "failing_since",
            "failed_at",
        ]
    )
