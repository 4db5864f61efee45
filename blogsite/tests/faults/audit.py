"""What must hold after every fault, whatever happened meanwhile.

The site answers by itself; its database is whole; every comment that was answered as stored is there
once, none is there twice, and none without what belongs to it: its mail, once.
"""

import re
from collections import Counter

from blogsite.tests.faults.furniture import MODERATOR, SLUG, SUBSCRIBER
from blogsite.tests.faults.site import Site
from blogsite.tests.faults.visitors import Submission

WORD = re.compile(r"\bw\d{6}x\b")
TRACE = "Traceback (most recent call last)"


def audit(site: Site, submissions: list[Submission], server) -> None:
    """`server` is the mail server that the site used."""
    site.wait_until_up()
    site.wait_until_idle()
    assert site.rows("PRAGMA integrity_check") == [("ok",)]
    assert site.rows("PRAGMA foreign_key_check") == []
    refusals = [refusal for each in submissions for refusal in each.refusals]
    assert [refusal for refusal in refusals if TRACE in refusal.page] == []
    stored = audit_comments(site, submissions)
    audit_counts(site)
    audit_jobs(site)
    audit_mails(site, stored, server)


def audit_comments(site: Site, submissions: list[Submission]) -> dict[str, str]:
    """Word and status of every comment there is, each of which came once."""
    rows = site.rows("SELECT body, status FROM comments_comment")
    words = Counter(word for body, _ in rows for word in WORD.findall(body))
    assert {word: count for word, count in words.items() if count > 1} == {}
    answered = {each.word for each in submissions if each.is_answered}
    assert answered - set(words) == set(), "answered as stored, and lost"
    assert set(words) - {each.word for each in submissions} == set(), "never sent"
    return {word: status for body, status in rows for word in WORD.findall(body)}


def audit_counts(site: Site) -> None:
    """The number that stands beside the post is that of the comments."""
    ((told,),) = site.rows(
        "SELECT COALESCE(SUM(approved_count), 0) FROM comments_discussion JOIN posts_post"
        " ON posts_post.id = comments_discussion.post_id WHERE slug = ?",
        SLUG,
    )
    ((counted,),) = site.rows(
        "SELECT COUNT(*) FROM comments_comment JOIN posts_post ON posts_post.id = post_id"
        " WHERE slug = ? AND comments_comment.status = 'approved'",
        SLUG,
    )
    assert told == counted


def audit_jobs(site: Site) -> None:
    failed = site.rows(
        "SELECT task_path, traceback FROM django_tasks_database_dbtaskresult WHERE status = 'FAILED'"
    )
    assert failed == []


def audit_mails(site: Site, stored: dict[str, str], server) -> None:
    """Of each held comment the moderator heard once, of each approved one the subscriber."""
    expected = {
        MODERATOR: Counter(word for word, status in stored.items() if status == "pending"),
        SUBSCRIBER: Counter(word for word, status in stored.items() if status == "approved"),
    }
    arrived = Counter(id_of(content) for _, content in server.box)
    told = {MODERATOR: Counter(), SUBSCRIBER: Counter()}
    messages = site.rows('SELECT "to", text, state, message_id FROM outgoing_message')
    for to, text, state, message_id in messages:
        told[to] += Counter(set(WORD.findall(text)))
        assert (state, arrived[message_id]) in ACCOUNTED, message_id
    assert told == expected
    assert set(arrived) <= {message_id for *_, message_id in messages}


# State in the site's list of mails, and how often the server got it. Of an unconfirmed one the site
# does not know, and says so at the desk.
ACCOUNTED = {("sent", 1), ("unconfirmed", 0), ("unconfirmed", 1)}


def id_of(content: bytes) -> str:
    return re.search(rb"^Message-ID:\s*(<[^>]+>)", content, re.IGNORECASE | re.MULTILINE)[
        1
    ].decode()
