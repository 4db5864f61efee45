"""The fields of a text as JSON, and back: what a revision holds beside the body.

Whatever an editor may set is in it, by the names of the model: a column that is added later comes
along by itself. People, tags, pictures and other things stand there by their keys.
"""

from datetime import UTC, date, datetime

from django.core.exceptions import ValidationError
from django.db.models import Field, Model

from posts.models import Byline, Tag
from posts.models.publication import Publication
from posts.search import keep_in_step

BODY = "body"
# Rows of their own that belong to a post: their keys, the authors in order.
TAGS, AUTHORS = "tags", "authors"


def snapshot(text: Publication) -> dict:
    """All editable fields of `text` but its body."""
    fields = {name: value_of(field, text) for name, field in columns_of(type(text)).items()}
    if hasattr(text, TAGS):
        # Asked anew: what was prefetched may be older than the save.
        fields[TAGS] = sorted(text.tags.order_by().values_list("pk", flat=True))
        authors = Byline.objects.filter(post=text).order_by("position", "pk")
        fields[AUTHORS] = list(authors.values_list("user_id", flat=True))
    return fields


def differences(model: type[Publication], old: dict, new: dict) -> list[str]:
    """The names of the fields in which two snapshots differ, in the order of the model.

    An old snapshot lacks what was added to the model since; it had the default then.
    """
    defaults = {name: field.get_default() for name, field in columns_of(model).items()}
    defaults |= {TAGS: [], AUTHORS: []}
    return [
        name
        for name, default in defaults.items()
        if old.get(name, default) != new.get(name, default)
    ]


def apply(text: Publication, fields: dict, body: str) -> list[str]:
    """Give `text` these `fields` and this `body`, and save it with its tags and authors.

    Fields that are not named stay as they are. Answers the names of those that could not be
    brought back whole: things removed meanwhile, values that no longer fit.
    """
    columns = columns_of(type(text))
    left_out = [name for name in fields if name in columns and not put(text, columns[name], fields)]
    text.body = body
    text.save()
    if TAGS in fields and hasattr(text, TAGS):
        left_out += put_tags(text, fields[TAGS])
    if AUTHORS in fields and hasattr(text, AUTHORS):
        left_out += put_authors(text, fields[AUTHORS])
    return left_out


def columns_of(model: type[Publication]) -> dict[str, Field]:
    """The columns that an editor may set, by name, without the body."""
    return {
        field.name: field
        for field in model._meta.concrete_fields
        if field.editable and not field.primary_key and field.name != BODY
    }


def value_of(field: Field, text: Publication):
    """The value as JSON holds it.

    Moments in UTC and in whole seconds, as forms have them: equal ones are equal as text, and a
    form that nobody touched has changed nothing.
    """
    value = field.to_python(getattr(text, field.attname))
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(microsecond=0).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def put(text: Publication, field: Field, fields: dict) -> bool:
    """Set one column; False, and nothing done, where the value has no meaning any more."""
    try:
        value = field.to_python(fields[field.name])
        field.run_validators(value)
    except ValidationError:
        return False
    if value is None and not field.null:
        return False
    if field.is_relation and value is not None and not exists(field.related_model, value):
        return False
    setattr(text, field.attname, value)
    return True


def exists(model: type[Model], pk) -> bool:
    return model._base_manager.filter(pk=pk).exists()


def put_tags(text: Publication, keys: list[int]) -> list[str]:
    found = Tag.objects.filter(pk__in=keys)
    text.tags.set(found)
    return [TAGS] if len(found) < len(keys) else []


def put_authors(text: Publication, keys: list[int]) -> list[str]:
    """The authors in their order; where none of them is left, those of today stay."""
    people = Byline._meta.get_field("user").related_model.objects.in_bulk(keys)
    known = [key for key in keys if key in people]
    bylines = Byline.objects.filter(post=text).order_by("position", "pk")
    if known and known != list(bylines.values_list("user_id", flat=True)):
        bylines.delete()
        Byline.objects.bulk_create(
            Byline(post=text, user_id=key, position=place) for place, key in enumerate(known)
        )
        keep_in_step(type(text), [text.pk])
    return [AUTHORS] if len(known) < len(keys) else []
