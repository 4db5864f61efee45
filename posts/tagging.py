"""Tags by typing their names."""

from collections.abc import Iterable

from django.db.models import Exists, OuterRef

from accounts.models import User
from posts import access
from posts.models import Post, Tag
from posts.slugs import free_slug


def tags_known_to(user: User):
    """The tags whose names `user` may learn: not those that only the drafts of others carry."""
    if access.sees_all_posts(user):
        return Tag.objects.all()
    carrying = Post.everything.filter(tags=OuterRef("pk"))
    seen = Exists(carrying.published()) | Exists(carrying.filter(bylines__user_id=user.pk))
    return Tag.objects.filter(seen | ~Exists(carrying))


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
