"""What members get of their comments and their mail when they ask for their data."""

import io
import json
from zipfile import ZipFile

import pytest

from accounts.personal_data import archive
from comments import moderation, reasons
from comments.mail import subscriptions
from comments.models import Status
from comments.tests.factories import make_comment
from posts.tests.factories import make_post, make_user

pytestmark = pytest.mark.django_db


def data_of(user) -> dict[str, object]:
    out = io.BytesIO()
    archive.write(user, out)
    with ZipFile(out) as zipped:
        return {name: json.loads(zipped.read(name)) for name in zipped.namelist()}


def test_member_gets_comments_as_typed_and_what_became_of_them():
    ada, moderator = make_user(), make_user(display_name="Quokka Moderator")
    first = make_comment(member=ada, body="As *typed*.", status=Status.PENDING)
    moderation.approve([first], moderator)
    make_comment(parent=first, body="Somebody else's.")

    data = data_of(ada)

    [told] = data["comments.json"]
    assert (told["text"], told["status"], told["address"]) == (
        "As *typed*.",
        "approved",
        first.permalink,
    )
    assert [(each["before"], each["after"]) for each in told["decisions"]] == [
        ("pending", "approved")
    ]
    assert "Quokka" not in str(data)
    assert "Somebody else's." not in str(data)


def test_nothing_tells_what_the_filter_thought():
    ada = make_user()
    make_comment(
        member=ada,
        status=Status.SPAM,
        reason=reasons.BLOCKED_WORD,
        reason_detail="quokka",
        score=0.99,
    )

    data = data_of(ada)

    assert data["comments.json"][0]["status"] == "pending"
    assert "quokka" not in str(data)
    assert "0.99" not in str(data)


def test_member_gets_their_wishes_for_mail():
    ada = make_user()
    post = make_post(title="Quokkas")
    subscriptions.subscribe("", post, member=ada)
    subscriptions.subscribe("other@example.org", post)

    mail = data_of(ada)["comment_mail.json"]

    assert [wish["post"] for wish in mail["subscriptions"]] == ["Quokkas"]
    assert mail["confirmed_at"]
    assert "other@" not in str(mail)


def test_member_without_comments_gets_an_empty_list():
    data = data_of(make_user())

    assert data["comments.json"] == []
    assert data["comment_mail.json"] == {}
