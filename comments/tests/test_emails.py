"""What the mails say, and that nobody breaks out of their place in them."""

from email import message_from_bytes, policy

import pytest
from lxml.html import fromstring

from blogsite.outgoing.models import Message
from blogsite.outgoing.worker import run_until_idle
from comments.mail import notices
from comments.models import Status
from comments.tests.factories import make_comment
from comments.tests.letters import (
    an_hour_and_a_bit_later,
    approved_comment,
    limit,
    links_in,
    mails,
    make_subscription,
)
from posts.models import SiteSettings
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db

HOSTILE = [
    "Eve\r\nBcc: victim@example.org",
    "Eve\nX-Evil: 1\n\nBody",
    "\u202eevE\u2066\u200f",
    "x" * 10_000,
    "<script>alert(1)</script>",
    "\"Eve\" <eve@example.org>, 'x'",
    "=?utf-8?q?Evil?=",
    "\u2028line\u2029paragraph\x85next\x1b[31m",
    "Ева 伊娃 حواء 🙂",
    "{% now 'Y' %} %(name)s {name}",
]
TURNING = set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f")


@pytest.fixture
def mail_folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    return tmp_path / "mail"


def files(folder):
    return [
        message_from_bytes(file.read_bytes(), policy=policy.default) for file in folder.iterdir()
    ]


def test_mail_about_a_comment_whose_account_is_gone_names_somebody():
    comment = make_comment(status=Status.APPROVED, name="", email="")
    make_subscription(comment.post)

    notices.comment_approved(comment)
    run_until_idle()

    [mail] = mails()
    assert "Somebody" in mail.text
    assert "Somebody" in mail.html


# --- Headers ----------------------------------------------------------------------


def test_mail_has_the_headers_that_mail_programs_expect(mail_folder):
    root = make_comment()
    subscription = make_subscription(root.post, thread=root)
    comment = approved_comment(parent=root)

    [mail] = files(mail_folder)
    address = subscription.address.pk
    assert mail["Message-ID"] == f"<comment-{comment.pk}.{address}@testserver>"
    assert mail["In-Reply-To"] == f"<comment-{root.pk}.{address}@testserver>"
    assert mail["References"] == (
        f"<post-{root.post_id}.{address}@testserver> <comment-{root.pk}.{address}@testserver>"
    )
    assert mail["List-Id"] == f"<post-{root.post_id}.comments.testserver>"
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert mail["List-Unsubscribe"].strip().startswith("<http://testserver/comments/mail/stop/")
    assert mail["From"].addresses[0].display_name == "Blogsite"
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_deep_answer_refers_to_all_that_it_answers():
    root = make_comment()
    make_subscription(root.post)
    parent = make_comment(parent=root)

    approved_comment(parent=parent)

    references = mails()[0].headers["References"].split()
    assert [reference.partition(".")[0] for reference in references] == [
        f"<post-{root.post_id}",
        f"<comment-{root.pk}",
        f"<comment-{parent.pk}",
    ]
    assert mails()[0].headers["In-Reply-To"] == references[-1]


def test_each_person_has_identifiers_of_their_own():
    post = make_post()
    make_subscription(post)
    make_subscription(post)

    approved_comment(post)

    assert len({message.message_id for message in mails()}) == 2


@pytest.mark.parametrize(
    ("host", "right_side"),
    [
        ("blog.example.org", "blog.example.org"),
        ("::1", "[IPv6:::1]"),
        ("bücher.example", "xn--bcher-kva.example"),
    ],
)
def test_identifiers_stay_valid_on_any_host(settings, host, right_side):
    settings.SITE_HOST = host
    make_subscription(post := make_post())

    approved_comment(post)

    assert mails()[0].message_id.endswith(f"@{right_side}>")


# --- Words ------------------------------------------------------------------------


def test_subject_says_whether_one_was_answered():
    post = make_post(title="Sorting")
    make_subscription(post, "ada@example.org")
    mine = make_comment(post, email="ada@example.org")

    approved_comment(parent=mine, name="Grace")
    approved_comment(post, name="Grace")

    assert [message.subject for message in mails()] == [
        "Grace answered you on “Sorting”",
        "New comment on “Sorting”",
    ]


def test_both_parts_hold_the_comment_and_the_ways_on():
    make_subscription(post := make_post())

    comment = approved_comment(post, body="Use *two* heaps.\n\n    heap = []\n")

    [message] = mails()
    assert "> Use *two* heaps.\n>\n>     heap = []\n" in message.text
    assert "Use <em>two</em> heaps." in message.html
    for part in (message.text, message.html):
        assert comment.permalink in part
        assert "/comments/mail/stop/" in part
        assert "Nobody reads answers to this mail" in part


def test_imported_comment_is_text_in_the_text():
    make_subscription(post := make_post())

    approved_comment(post, body="<p>Two <b>heaps</b></p>", body_format="html")

    assert "> Two heaps\n" in mails()[0].text


def test_html_loads_nothing_and_leads_by_full_addresses():
    make_subscription(post := make_post())

    approved_comment(post, body="[x](/y) ![i](https://e.example/i.png)\n\n```python\nx = 1\n```\n")

    tree = fromstring(mails()[0].html)
    assert tree.xpath("//img | //link | //script | //style | //*[@style or @src or @onclick]") == []
    assert all(href.startswith(("http://", "https://")) for href in tree.xpath("//a/@href"))
    assert "http://testserver/y" in tree.xpath("//a/@href")


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_name_stays_a_name(mail_folder, name):
    post = make_post(title=name[:250])
    make_subscription(post, "ada@example.org")
    mine = make_comment(post, email="ada@example.org")

    approved_comment(parent=mine, name=name[:120])

    [mail] = files(mail_folder)
    assert mail["To"] == "ada@example.org"
    assert mail["Bcc"] is None
    assert mail["X-Evil"] is None
    assert len(mail["Subject"]) < 200
    assert not TURNING & set(mail["Subject"])
    assert not mail["Subject"].defects
    [message] = mails()
    assert not TURNING & set(message.text)
    assert "\x1b" not in message.text
    assert fromstring(message.html).xpath("//script") == []
    assert "answered you under" in message.text.split("\n")[0]


@pytest.mark.parametrize("body", [name for name in HOSTILE if name.strip()])
def test_hostile_text_stays_quoted(body):
    make_subscription(post := make_post())
    plain = mails_about(post, "Harmless.")

    hostile = mails_about(post, f"{body}\n\nStop this mail: http://evil.example/")

    ours = [line for line in hostile.text.splitlines() if not line.startswith(">")]
    assert len(ours) == len([x for x in plain.text.splitlines() if not x.startswith(">")])
    assert "evil" not in "\n".join(ours)
    assert fromstring(hostile.html).xpath("//script") == []


def mails_about(post, body) -> Message:
    approved_comment(post, body=body)
    return mails()[-1]


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_words_in_digests_and_to_moderators(mail_folder, name):
    limit(mails_an_hour=1, moderator_mails_an_hour=1)
    make_user(email="admin@example.org", is_staff=True, is_superuser=True)
    post = make_post(title=name[:250])
    make_subscription(post, "ada@example.org")
    for _ in range(3):
        approved_comment(post, name=name[:120], body=f"x {name}")
        notices.comment_waits(
            make_comment(
                post,
                status=Status.PENDING,
                name=name[:120],
                body=f"x {name}",
                reason="blocked_word",
                reason_detail=name[:200],
                score=0.5,
                evidence=[{"what": name, "spam": 0.9}],
            )
        )
    an_hour_and_a_bit_later()
    notices.tell_what_waited()
    an_hour_and_a_bit_later()
    approved_comment(post)

    folder = files(mail_folder)
    assert len(folder) >= 4
    for mail in folder:
        assert mail["To"] in {"ada@example.org", "admin@example.org"}
        assert (mail["Bcc"], mail["X-Evil"]) == (None, None)
        text = mail.get_body(("plain",)).get_content()
        html = mail.get_body(("html",)).get_content()
        assert not TURNING & set(text)
        assert fromstring(html).xpath("//script") == []


def test_digest_of_one_subscription_is_ended_by_one_click(client):
    limit(mails_an_hour=1)
    subscription = make_subscription(make_post())
    other = make_subscription(make_post(), address=subscription.address)
    for _ in range(3):
        approved_comment(subscription.post)
    an_hour_and_a_bit_later()
    notices.tell_what_waited()

    client.post(links_in(mails()[1])[-2])

    assert list(subscription.address.subscriptions.all()) == [other]


def test_digest_of_several_is_ended_as_a_whole(client):
    limit(mails_an_hour=1)
    subscription = make_subscription(make_post())
    other = make_subscription(make_post(), address=subscription.address)
    for post in (subscription.post, other.post, subscription.post):
        approved_comment(post)
    an_hour_and_a_bit_later()
    notices.tell_what_waited()
    assert mails()[1].subject == "2 new comments"

    client.post(links_in(mails()[1])[-2])
    approved_comment(other.post)

    assert len(mails()) == 2
    subscription.address.refresh_from_db()
    assert subscription.address.stopped_at is not None


def test_mail_is_by_the_site_by_its_name():
    SiteSettings(title="Ada's notes").save()
    make_subscription(post := make_post())

    approved_comment(post)

    assert mails()[0].sender_name == "Ada's notes"
