"""What the fields of snapshots say in words: labels, and names in place of keys."""

from datetime import datetime

from django.db.models import Field, Model
from django.utils.translation import gettext as _

from posts.models import Byline, Post, Tag
from posts.models.publication import Publication
from posts.revisions.snapshots import AUTHORS, TAGS, columns_of


class Naming:
    """Names for some snapshots of one text: a query for each kind of thing that is in them."""

    def __init__(self, model: type[Publication], snapshots: list[dict]):
        self.columns = columns_of(model)
        self.snapshots = snapshots
        self.known: dict[str, dict] = {}  # of each field, the names by key

    def label(self, name: str) -> str:
        return str({TAGS: _("tags"), AUTHORS: _("authors")}.get(name) or self.column(name))

    def column(self, name: str) -> str:
        return self.columns[name].verbose_name

    def value(self, name: str, fields: dict) -> str:
        """What the field of one snapshot says; empty for nothing."""
        value = fields.get(name)
        if value in (None, "", []):
            return ""
        if name in {TAGS, AUTHORS}:
            return ", ".join(self.name_of(name, key) for key in value)
        field = self.columns[name]
        return self.name_of(name, value) if field.is_relation else in_words(field, value)

    def name_of(self, name: str, key: int) -> str:
        """Today's name of what stands in the field `name` by its key."""
        if name not in self.known:
            self.known[name] = {thing.pk: title_of(thing) for thing in self.things(name)}
        return self.known[name].get(key) or _("removed since (no. %d)") % key

    def things(self, name: str):
        keys = {key for fields in self.snapshots for key in as_list(fields.get(name))}
        model = {TAGS: Tag, AUTHORS: Byline._meta.get_field("user").related_model}.get(name)
        model = model or self.columns[name].related_model
        return model._base_manager.filter(pk__in=keys)


def title_of(thing: Model) -> str:
    """Not that of a hidden post: who may see this text need not know of that one."""
    if isinstance(thing, Post) and not thing.is_published:
        return _("a post that is not public (no. %d)") % thing.pk
    return str(thing)


def as_list(value) -> list:
    return value if isinstance(value, list) else [] if value is None else [value]


def in_words(field: Field, value) -> str:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    typed = field.to_python(value)
    return f"{typed:%Y-%m-%d %H:%M:%S} UTC" if isinstance(typed, datetime) else str(typed)
