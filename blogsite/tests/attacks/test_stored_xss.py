"""Markup in every text that somebody may type, looked for in every page that shows it.

Read as HTML here; a browser looks at the same in `blogsite/tests/faults/test_hostile.py`.
"""

import re

import pytest
from lxml import html

from accounts.models import Invitation
from blogsite.audit.models import Event
from blogsite.outgoing.models import Message
from blogsite.tests.attacks.payloads import MARKUP
from blogsite.tests.attacks.walking import every_address
from comments.models import Standing
from comments.tests.factories import make_comment
from posts.models import Post, Series, Tag

pytestmark = pytest.mark.django_db

EVERYTHING = "".join(text for text in MARKUP if "\0" not in text)
LEADING = {"href", "src", "action", "formaction", "data", "poster"}
SCRIPTED = re.compile(r"^[\s\x00-\x1f]*(javascript|vbscript|data:text)", re.IGNORECASE)
STRANGERS = {"iframe", "frame", "object", "embed", "base", "applet", "style"}
DATA = {"application/json", "application/ld+json"}


def faults_in(answer) -> list[str]:
    """What would run, or lead astray, on an HTML page."""
    found = []
    for element in html.fromstring(answer.content).iter():
        if not isinstance(element.tag, str):
            continue
        found += [f"{element.tag} {name}" for name in element.attrib if name.startswith("on")]
        for name in LEADING & set(element.keys()):
            if SCRIPTED.match(element.get(name)) or "//evil.example" in element.get(name)[:16]:
                found.append(f"{element.tag} {name}={element.get(name)[:60]}")
        if element.tag in STRANGERS or element.get("http-equiv") == "refresh":
            found.append(element.tag)
        if element.tag == "script" and not element.get("src") and element.get("type") not in DATA:
            found.append("script")
    return found


def spoil(world, text) -> None:
    """Put `text` into every column that takes free text, past all forms."""
    author, post = world.author, world.post
    author.display_name, author.bio = text[:120], text[:1000]
    author.links = "\n".join(f"https://example.org/{each}" for each in MARKUP)[:2000]
    author.save()
    Post.objects.filter(pk=post.pk).update(title=text[:200], summary=text[:300])
    post.refresh_from_db()
    post.body = text
    post.save()
    for tag in Tag.objects.all():
        Tag.objects.filter(pk=tag.pk).update(name=text[:50], description=text[:300])
    Series.objects.update(title=text[:100], description=text[:300])
    world.image.alt, world.image.caption, world.image.original_name = (
        text[:400],
        text[:400],
        text[:90],
    )
    world.image.save()
    make_comment(post, name=text[:80], body=text, site="https://example.org/<b>")
    make_comment(post, member=author, body=text)
    Standing.objects.update(note=text[:400])
    Invitation.objects.update(email='"><img/src/onerror=alert(1)>@example.org')
    Message.objects.update(
        subject=text, text=text, html=text, last_error=text, sender_name=text[:90]
    )
    Event.objects.create(
        verb="posts.published", actor_name=text[:200], target_name=text[:200], device=text[:200],
        target_type="posts.post", target_id=str(post.pk), details={"fields": [text[:50]]},
    )  # fmt: skip


# Short columns hold the beginning only.
PARTS = {"beginning": EVERYTHING, "rest": EVERYTHING[300:]}


@pytest.mark.parametrize("who", ["administrator", "nobody"])
@pytest.mark.parametrize("text", PARTS.values(), ids=PARTS)
def test_no_page_runs_what_somebody_typed(client, world, who, text):
    spoil(world, text)
    if who != "nobody":
        client.force_login(getattr(world, who))

    for place in every_address(world):
        answer = client.get(place.path, {"q": text[:150]})
        assert answer.status_code < 500, place
        if answer.get("Content-Type", "").startswith("text/html") and answer.content.strip():
            assert faults_in(answer) == [], place


def test_what_would_run_is_found():
    """The other half of the proof."""

    class Answer:
        content = (
            b"<p onclick=x><a href=' javascript:x'>x</a><iframe></iframe><script>x</script>"
            b"<form action=//evil.example/></form>"
        )

    assert len(faults_in(Answer)) == 5


@pytest.mark.parametrize("text", MARKUP)
def test_question_is_shown_as_text(client, world, text):
    for path in ["/search/", "/account/login/", "/account/password/reset/", "/account/signup/"]:
        assert faults_in(client.get(path, {"q": text, "next": text, "email": text})) == []
    for path in ["/account/login/", "/account/password/reset/", "/account/signup/"]:
        answer = client.post(path, {"login": text, "email": text, "password": text})
        if answer.content:
            assert faults_in(answer) == [], path
