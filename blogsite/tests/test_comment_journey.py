"""A comment from the guest's first word to the last mail about it: a real site, browser and mailbox."""

import re
import sqlite3
from contextlib import closing
from email import message_from_bytes, policy
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from blogsite.tests.faults.furniture import MODERATOR, PASSWORD, SLUG
from blogsite.tests.faults.site import wait_for

GUEST = "ada@example.org"
POST = f"/post/{SLUG}/"
LINK = re.compile(r"http://\S+")
WHOLE_DAY = 24 * 60 * 60 * 1000  # milliseconds; the page then asks for news at once


@pytest.fixture
def running(site):
    """The site as it comes: a first comment waits, and nobody is subscribed who did not ask."""
    site.rows("DELETE FROM comments_commentsettings")
    site.rows("DELETE FROM comments_subscription")
    site.rows("DELETE FROM comments_address")
    site.start()
    return site


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def person(request, browser, running):
    """Opens a browser for one more person, who has scripts or has not."""
    contexts = []

    def arrive():
        contexts.append(
            browser.new_context(base_url=running.address, java_script_enabled=request.param)
        )
        return contexts[-1].new_page()

    arrive.has_scripts = request.param
    yield arrive
    for context in contexts:
        context.close()


def mails_to(server, recipient):
    return [
        message_from_bytes(content, policy=policy.default)
        for to, content in server.box
        if to == recipient
    ]


def only_mail(server, recipient, number=1):
    """The last of exactly so many mails, as soon as it is there."""
    wait_for(lambda: len(mails_to(server, recipient)) >= number, f"mail for {recipient}")
    found = mails_to(server, recipient)
    assert len(found) == number
    return found[-1]


def link_to(part, mail) -> str:
    links = LINK.findall(mail.get_body(["plain"]).get_content())
    return next(link for link in links if f"/comments/{part}/" in link)


def write(page, body, name, email="", hears=False):
    page.get_by_label("Your comment").fill(body)
    page.get_by_role("textbox", name="Name").fill(name)
    page.get_by_role("textbox", name="E-mail").fill(email or f"{name.lower()}@example.org")
    if hears:
        page.get_by_label("Answers to my comment").check()
    page.get_by_role("button", name=re.compile("^Send your")).click()


def sign_in(page):
    page.goto("/admin/login/?next=/admin/comments/comment/")
    page.get_by_label("E-mail").fill(MODERATOR)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def queue_entry(page, text):
    return page.locator(".queue-entry", has_text=text)


def test_comment_waits_appears_is_answered_and_told_of_once(person, running, mail_server):
    guest, reader, moderator = person(), person(), person()
    if person.has_scripts:
        reader.clock.install()
    reader.goto(POST, wait_until="networkidle")

    # The guest writes, and alone sees it wait.
    guest.goto(POST)
    write(guest, "Why **not** five tries?", "Ada", GUEST, hears=True)
    expect(guest.locator(".comment")).to_contain_text("Why not five tries?")
    expect(guest.locator(".comment")).to_contain_text("Awaiting moderation")
    reader.goto(POST, wait_until="networkidle")
    expect(reader.locator(".comment")).to_have_count(0)

    # The moderator hears of it, and approves it in the queue.
    assert "Ada" in only_mail(mail_server, MODERATOR).get_body(["plain"]).get_content()
    sign_in(moderator)
    queue_entry(moderator, "Why not five tries?").get_by_role("button", name="Approve").click()
    expect(moderator.get_by_role("button", name="Undo").first).to_be_visible()

    # Others see it, with scripts on the page that they have open already.
    if person.has_scripts:
        reader.clock.run_for(WHOLE_DAY // 24 // 12)
        reader.get_by_role("button", name="1 new comment – show").click()
    else:
        reader.goto(POST)
    expect(reader.locator(".comment")).to_contain_text("Why not five tries?")

    # Only now the guest is asked whether mail may come, and says yes.
    guest.goto(link_to("mail/confirm", only_mail(mail_server, GUEST)))
    guest.get_by_role("button", name="Yes, send me mail").click()
    expect(guest.get_by_role("status")).to_contain_text(GUEST)

    # Another guest answers, and is approved by the link in the moderator's mail.
    answering = person()
    answering.goto(POST, wait_until="networkidle")
    answering.get_by_role("link", name="Reply to Ada").click()
    write(answering, "Because three are enough.", "Bo")
    expect(answering.locator(".comment", has_text="three are enough")).to_contain_text("Awaiting")
    assert len(mails_to(mail_server, GUEST)) == 1  # nothing of what waits
    moderator.goto(link_to("decide", only_mail(mail_server, MODERATOR, 2)))
    moderator.get_by_role("button", name="Approve").click()

    # The first guest gets exactly one mail about it, and leaves with one POST.
    told = only_mail(mail_server, GUEST, 2)
    assert "three are enough" in told.get_body(["plain"]).get_content()
    assert "three are enough" in told.get_body(["html"]).get_content()
    assert told["Auto-Submitted"] == "auto-generated"
    assert told["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    stop = urlsplit(told["List-Unsubscribe"].strip(" <>")).path
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    assert running.ask("POST", stop, "List-Unsubscribe=One-Click", form)[0] == 200

    # A further answer reaches nobody who has left.
    moderator.goto(POST, wait_until="networkidle")
    moderator.get_by_role("link", name="Reply to Ada").click()
    moderator.get_by_label("Your comment").fill("And four is a habit.")
    moderator.get_by_role("button", name="Send your answer").click()
    expect(moderator.locator(".comment", has_text="a habit")).to_be_visible()
    running.wait_until_idle()
    assert len(mails_to(mail_server, GUEST)) == 2
    assert states(running) == {"sent"}


def states(site) -> set[str]:
    with closing(sqlite3.connect(site.database)) as connection:
        return {state for (state,) in connection.execute("SELECT state FROM outgoing_message")}
