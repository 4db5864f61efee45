"""Tags, authors and series of an import: found here already, or made once."""

from django.contrib.auth import get_user_model

from accounts.models import User
from blogsite.numbering import first_free
from posts.importers.people import Person
from posts.importers.plan import Plan
from posts.importers.slugs import make_slug, make_word_slug
from posts.models import Series, Tag


class Parts:
    """Remembers what it found. After a rollback make a new one: it may know rows that are gone."""

    def __init__(self, plan: Plan):
        self.plan = plan
        # Compared here and not in the database: SQLite folds only ASCII letters.
        self.tags_by_name = {tag.name.casefold(): tag for tag in Tag.objects.all()}
        self.authors_by_key = {}
        self.series_by_title = {}

    def tags(self, names: list[str]) -> list[Tag]:
        return [self.tag(name) for name in names]

    def tag(self, name: str) -> Tag:
        known = self.tags_by_name.get(name.casefold())
        if not known:
            slug = first_free(
                make_word_slug(name) or "tag",
                lambda slug: not Tag.objects.filter(slug=slug).exists(),
            )
            description = self.description("tag", name, slug)
            known = Tag.objects.create(name=name, slug=slug, description=description)
            self.tags_by_name[name.casefold()] = known
        return known

    def description(self, kind: str, *keys: str) -> str:
        found = (self.plan.descriptions.get((kind, key.casefold())) for key in keys)
        return next(filter(None, found), "")

    def authors(self, names: list[str]) -> list[User]:
        return list({user.pk: user for user in map(self.author, names)}.values())

    def author(self, name: str) -> User:
        key = name.casefold()
        if key not in self.authors_by_key:
            person = self.plan.people.get(key) or Person(name)
            self.authors_by_key[key] = find_author(person) or make_author(person)
        return self.authors_by_key[key]

    def series(self, title: str) -> Series:
        key = title.casefold()
        if key not in self.series_by_title:
            self.series_by_title[key] = self.find_series(title) or self.make_series(title)
        return self.series_by_title[key]

    def find_series(self, title: str) -> Series | None:
        """By its slug as well: our own exports name it so."""
        same = (one for one in Series.objects.all() if one.title.casefold() == title.casefold())
        return Series.objects.filter(slug=title).first() or next(same, None)

    def make_series(self, title: str) -> Series:
        slug = first_free(
            make_word_slug(title, 190) or "series",
            lambda slug: not Series.objects.filter(slug=slug).exists(),
        )
        description = self.description("series", title, slug)
        return Series.objects.create(title=title[:200], slug=slug, description=description)


def find_author(person: Person) -> User | None:
    """Somebody of that handle or name who writes here.

    A reader who merely calls himself so does not get the posts of another.
    """
    users = get_user_model().objects.order_by("pk")
    handle = person.handle or make_slug(person.name.lower(), 60)
    for user in [*users.filter(handle__iexact=handle), *users.filter(display_name=person.name)]:
        if user.email is None or user.is_staff or user.bylines.exists():
            return user
    return None


def make_author(person: Person) -> User:
    """An author who cannot sign in until an administrator gives an e-mail."""
    users = get_user_model().objects
    is_free = person.handle and not users.filter(handle__iexact=person.handle).exists()
    return users.create_user(
        display_name=person.name,
        handle=person.handle if is_free else "",
        bio=person.bio,
        links=person.links[:2000],
    )
