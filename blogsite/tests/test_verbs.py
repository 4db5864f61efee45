"""Whatever is recorded can be read as a sentence."""

import re

from django.conf import settings
from django.contrib import admin

from blogsite.audit import verbs
from blogsite.audit.models import Event

# A call of `record`, with the verb as its first argument, on the same line or the next.
RECORDED = re.compile(r"""\brecord\(\s*"([a-z_]+\.[a-z_]+)\"""")
HAPPENED = re.compile(r"""\bhappened\(\s*"([a-z_]+)\"""")


def recorded_verbs() -> set[str]:
    """The verbs that the code names in full."""
    found = set()
    for room in ("accounts", "posts", "comments", "blogsite"):
        for path in (settings.BASE_DIR / room).rglob("*.py"):
            if "tests" not in path.parts:
                text = path.read_text()
                found |= set(RECORDED.findall(text))
                found |= {f"accounts.{verb}" for verb in HAPPENED.findall(text)}
    return found


def described_verbs() -> set[str]:
    return {verb for group in verbs.groups().values() for verb in group.sentences}


def test_every_verb_in_the_code_has_a_sentence():
    found = recorded_verbs()

    assert len(found) > 15
    # `recording.record` shows how it is called in its own words.
    assert found - described_verbs() - {"posts.published"} == set()


def test_every_form_of_the_desk_has_sentences():
    ours = [
        model._meta for model in admin.site._registry if model._meta.app_label in verbs.groups()
    ]

    assert {
        f"{options.app_label}.{options.model_name}_changed" for options in ours
    } - described_verbs() == set()


def test_every_sentence_takes_its_words():
    for verb in described_verbs():
        said = str(
            Event(verb=verb, actor_name="Ada 100%", target_type="x.y", target_name="%(who)s")
        )

        assert "%(what)s" not in said, verb
        assert len(verb) <= 60
