"""A mail server that is down, hangs, refuses, is slow or hangs up. Comments are taken all the same."""

import asyncio
from collections import Counter
from itertools import cycle

import pytest

from blogsite.outgoing.tests.mailserver import Server, fall_silent, hang_up
from blogsite.tests.faults.audit import audit, id_of
from blogsite.tests.faults.desk import Desk
from blogsite.tests.faults.furniture import MODERATOR, SUBSCRIBER
from blogsite.tests.faults.site import wait_for
from blogsite.tests.faults.visitors import STORED, Crowd, make_submissions


class Moody(Server):
    """Busy, slow, gone after the mail, gone before its answer, and sometimes well."""

    moods = {
        "RCPT": ["", "451 Busy", "slow", "", "452 Full", "hang up"],
        "DATA": ["", "451 Come back later", "slow", ""],
        "TAKEN": ["", "", "hang up", "slow", ""],
    }

    def __init__(self, **options):
        super().__init__(**options)
        self.next_mood = {command: cycle(moods) for command, moods in self.moods.items()}

    async def answer(self, command, recipient, server):
        mood = next(self.next_mood[command])
        if mood == "slow":
            await asyncio.sleep(0.5)
            return None
        return await hang_up(server) if mood == "hang up" else mood


@pytest.fixture
def moody_server():
    with Moody() as server:
        yield server


def test_comments_wait_for_no_mail_server(site, mail_server):
    """Down at first, then silent in the middle of the talk, then well again."""
    submissions = make_submissions(30)
    mail_server.stop()
    site.start()

    with Crowd(site, submissions[:15]):
        pass
    mail_server.answers["RCPT"] = silent = Silence()
    mail_server.start()
    site.hasten()
    wait_for(lambda: silent.count, "a mail that hangs")
    with Crowd(site, submissions[15:]):
        pass
    answers = [each.answers for each in submissions]
    mail_server.stop()
    mail_server.answers.clear()
    mail_server.start()

    assert answers == [[STORED]] * 30
    audit(site, submissions, mail_server)


class Silence:
    """Says nothing any more, and counts to whom."""

    def __init__(self):
        self.count = 0

    async def __call__(self, server):
        self.count += 1
        await fall_silent(server)


def test_every_mail_arrives_at_a_moody_server(site, moody_server):
    moods(site, moody_server, 24)


@pytest.mark.faults
def test_every_mail_arrives_at_a_server_that_stays_moody(site, moody_server):
    moods(site, moody_server, 240)


def moods(site, moody_server, number):
    submissions = make_submissions(number)
    site.variables["EMAIL_URL"] = f"smtp://127.0.0.1:{moody_server.port}"
    site.start()

    with Crowd(site, submissions):
        pass

    assert [each.answers for each in submissions] == [[STORED]] * number
    audit(site, submissions, moody_server)
    doubtful = site.rows("SELECT id FROM outgoing_message WHERE state = 'unconfirmed'")
    shown = Desk(site).get("/admin/outgoing/message/?state__exact=unconfirmed&all=")
    assert doubtful
    assert all(f"/message/{key}/change/" in shown for (key,) in doubtful)


def test_refused_mail_is_shown_and_can_go_again(site, mail_server):
    submissions = make_submissions(8)
    mail_server.answers["RCPT", MODERATOR] = "550 No such person"
    site.start()
    with Crowd(site, submissions):
        pass
    site.wait_until_idle()
    arrived = Counter(recipient for recipient, _ in mail_server.box)
    mail_server.answers.clear()

    desk = Desk(site)
    path = "/admin/outgoing/message/?state__exact=failed"
    failed = [key for (key,) in site.rows("SELECT id FROM outgoing_message WHERE state = 'failed'")]
    shown = desk.get(path)
    desk.post(path, action="send_again", _selected_action=failed)

    assert arrived == {SUBSCRIBER: 4}
    assert shown.count("550 No such person") == len(failed) == 4
    audit(site, submissions, mail_server)
    assert set(Counter(id_of(content) for _, content in mail_server.box).values()) == {1}
