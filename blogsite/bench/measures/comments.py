"""Comments of guests, sent as a browser sends them, until the answer says that they are stored.

Beside the server runs the job worker, which writes to the same database.
"""

import re
import threading
import time
from urllib.parse import urlencode

from blogsite.bench import seeding
from blogsite.bench.asking import Connection, expect
from blogsite.bench.inside import COMMENTER
from blogsite.bench.programs import Failed
from blogsite.bench.run import Row, Run, middle, worst
from blogsite.bench.serving import Site, serving_with_jobs

RATE = 100  # a second
SENDERS = 50
FASTEST_SECONDS = 3.5  # whoever is faster with a form is taken for a program
STAMP = re.compile(rb'name="stamp" value="([^"]+)"')


def measure(run: Run) -> list[Row]:
    posts = run.places["post, 5 comments"]
    site = run.open.enter_context(serving_with_jobs(run.var_dir, TRUSTED_PROXIES="127.0.0.1"))
    stamp = stamp_of(site, posts[0])
    time.sleep(FASTEST_SECONDS)
    alone = run.asks * run.repeats
    numbers = iter(range(alone + run.comments))
    try:
        computed = -site.cpu()
        one_by_one = send_in_turn(site, posts, stamp, [next(numbers) for _each in range(alone)])
        computed += site.cpu()
        at_rate, seconds = send_at_rate(site, posts, stamp, list(numbers))
    finally:
        made = seeding.inside(run.var_dir, "forget_comments")
    if made != {"approved": alone + run.comments}:
        raise Failed(f"{alone + run.comments} comments were to be approved, and there are {made}.")
    return [
        row("one after another", one_by_one, alone / sum(one_by_one))
        | {"CPU ms": round(computed / alone * 1000, 1)},
        row(f"{RATE} a second wanted, {len(at_rate)} sent", at_rate, len(at_rate) / seconds),
    ]


def row(what: str, seconds: list[float], rate: float) -> Row:
    return {
        "what": what,
        "p50 ms": round(middle(seconds) * 1000, 1),
        "p99 ms": round(worst(seconds) * 1000, 1),
        "a second": round(rate, 1),
        "errors": 0,  # one would have ended the run
    }


def stamp_of(site: Site, path: str) -> str:
    with site.connect() as connection:
        page = expect(connection.get(path), 200, path)
    found = STAMP.search(page.body)
    if not found:
        raise Failed(f"There is no comment form at {path}.")
    return found[1].decode()


def send(connection: Connection, path: str, stamp: str, number: int) -> float:
    """Send one comment, from a network of its own; returns seconds."""
    fields = {
        "body": f"Number {number}: this is what I was looking for, thank you for writing it down.",
        "name": "Bench",
        "email": COMMENTER,
        "subscription": "none",
        "stamp": stamp,
    }
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "Sec-Fetch-Site": "same-origin",
        "X-Forwarded-For": f"8.{number >> 8 & 255}.{number & 255}.1",
    }
    answer = connection.ask("POST", f"{path}comments/", urlencode(fields).encode(), headers)
    if answer.status not in {302, 303}:
        raise Failed(f"A comment was answered with {answer.status}.")
    return answer.seconds


def send_in_turn(site: Site, posts: list[str], stamp: str, numbers: list[int]) -> list[float]:
    with site.connect() as connection:
        return [send(connection, posts[number % len(posts)], stamp, number) for number in numbers]


def send_at_rate(site: Site, posts: list[str], stamp: str, numbers: list[int]):
    """Seconds of each, and of all; one is due every hundredth second, whatever became of others."""
    began = time.monotonic()
    due = iter([(began + place / RATE, number) for place, number in enumerate(numbers)])
    lock, seconds, problems = threading.Lock(), [], []

    def work():
        try:
            with site.connect() as connection:
                while True:
                    with lock:
                        moment, number = next(due, (0, None))
                    if number is None:
                        return
                    time.sleep(max(0, moment - time.monotonic()))
                    post = posts[number % len(posts)]
                    took = send(connection, post, stamp, number)
                    # The wait for a free sender counts: a visitor would have waited as well.
                    seconds.append(max(took, time.monotonic() - moment))
        except (Failed, OSError) as problem:
            problems.append(problem)

    senders = [threading.Thread(target=work) for _number in range(SENDERS)]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join()
    if problems:
        raise Failed(f"{problems[0]} ({len(problems)} of {SENDERS} senders met an error)")
    return seconds, time.monotonic() - began
