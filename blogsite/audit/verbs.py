"""What events are called in words, so that the list of them reads as sentences.

An app says it in its module `verbs`:

    verbs.describe("posts", _("Posts and pages"), {
        "posts.post_published": _("%(who)s published %(what)s"),
    })
"""

from dataclasses import dataclass
from functools import cache

from django.utils.functional import Promise
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# What Django's own forms do to a row of any kind.
OF_ANY_KIND = {
    "added": _("%(who)s added %(what)s"),
    "changed": _("%(who)s changed %(what)s"),
    "deleted": _("%(who)s deleted %(what)s"),
}
UNKNOWN = _("%(who)s: %(verb)s %(what)s")


@dataclass(frozen=True)
class Group:
    """Verbs of one app, by which the list can be filtered."""

    label: Words
    sentences: dict[str, Words]


_groups: dict[str, Group] = {}


def describe(name: str, label: Words, sentences: dict[str, Words], kinds=()) -> None:
    """Name the group of verbs `name`, and say each in a sentence with `who` and perhaps `what`.

    `kinds` are rows that forms change, as `tag`: their verbs, as `tag_added`, are made from them.
    """
    made = {f"{name}.{kind}_{end}": said for kind in kinds for end, said in OF_ANY_KIND.items()}
    _groups[name] = Group(label, made | sentences)


@cache
def groups() -> dict[str, Group]:
    """All groups by name, once all apps have named theirs."""
    autodiscover_modules("verbs")
    return _groups


def sentence(verb: str, who: str, what: str) -> str:
    known = groups().get(verb.partition(".")[0])
    words = known.sentences.get(verb) if known else None
    return str(words or ending(verb)) % {"who": who, "what": what, "verb": verb}


def ending(verb: str) -> Words:
    """What is said of a verb that nobody described, such as that of a form of another app."""
    return OF_ANY_KIND.get(verb.rpartition("_")[2], UNKNOWN)
