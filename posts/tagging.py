"""Tags by typing their names."""

from collections.abc import Iterable

from posts.models import Tag
from posts.slugs import free_slug


def names_in(text: str) -> list[str]:
    """The names in a comma-separated line, each once whatever its case, in the order typed."""
    names = {}
    for part in text.split(","):
        name = " ".join(part.split())
        if name:
            names.setdefault(name.casefold(), name)
    return list(names.values())


def tags_named(names: Iterable[str]) -> list[Tag]:
    """The tags of these names, matched without regard to case; new ones are made."""
    # All names, and compared here: a database knows upper and lower case of some scripts only.
    known = {tag.name.casefold(): tag for tag in Tag.objects.only("name", "slug")}
    return [known.get(name.casefold()) or make_tag(name) for name in names]


def make_tag(name: str) -> Tag:
    return Tag.objects.create(name=name, slug=free_slug(Tag, name))
