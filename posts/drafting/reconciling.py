"""What two people made of one text, field by field: the form of one of them with both in it."""

from copy import copy
from dataclasses import dataclass, field

from django.forms import BaseForm, MultiWidget

from blogsite.deskadmin.values import fits
from posts.drafting.merging import Merged, merge3, merge_without_base
from posts.drafting.sent import Fields, fields_shown
from posts.models import Revision, Tag
from posts.models.publication import Publication
from posts.revisions import snapshots
from posts.revisions.keeping import of

BODY = "body"


@dataclass(frozen=True)
class Choice:
    """A field that both have changed: yours is in the form, theirs beside it."""

    name: str  # of the input
    label: str
    mine: str
    theirs: str
    value: str  # what the input holds where theirs is taken


@dataclass(frozen=True)
class Reconciled:
    fields: Fields
    conflicts: list[int]  # lines of the body
    choices: list[Choice] = field(default_factory=list)


def base_of(text: Publication, based_on: int) -> Revision | None:
    """The revision from which a form was opened.

    A text without revisions is kept as it was found by the save that made its first.
    """
    if based_on:
        return of(text).filter(number=based_on).first()
    return of(text).filter(reason=Revision.Reason.FOUND).last()


def reconcile(make_form, text: Publication, based_on: int, mine: Fields) -> Reconciled:
    """`mine`, what a form that was opened at revision `based_on` has sent, with what `text` says now.

    `make_form` is given a text and makes an unbound form of it.
    """
    revision = base_of(text, based_on)
    form = make_form(text)
    theirs = fields_shown(form)
    base = fields_of(make_form, text, revision) if revision else {}
    fields, choices = dict(mine), []
    for name in theirs.keys() | base.keys():
        if name == BODY or not any(normal(each.get(name)) for each in (mine, base, theirs)):
            continue
        kept = pick(name, mine, base if revision else None, theirs)
        if kept is None:
            choices.append(choice_of(form, name, mine, theirs))
        else:
            fields[name] = kept
    merged = merge_body(form, text, revision, mine)
    return Reconciled(
        fields | {BODY: [merged.text]}, merged.conflicts, sorted(choices, key=lambda c: c.name)
    )


def pick(name: str, mine: Fields, base: Fields | None, theirs: Fields) -> list[str] | None:
    """The value that only one side has changed, or both alike; None where both differ."""
    ours, others = mine.get(name, []), theirs.get(name, [])
    if normal(ours) == normal(others):
        return ours
    if base is not None and normal(ours) == normal(base.get(name)):
        return others
    if base is not None and normal(others) == normal(base.get(name)):
        return ours
    return None


def normal(values: list[str] | None) -> list[str]:
    """`values` without what a form adds or a save takes away; nothing and an empty line are one."""
    lines = [" ".join(value.split()) for value in values or []]
    return [line for line in lines if line]


def merge_body(form, text: Publication, revision: Revision | None, mine: Fields) -> Merged:
    sent = mine.get(BODY, [text.body])[0]
    ours = form.fields[BODY].kept(sent, text.body) if BODY in form.fields else text.body
    named = f"revision {text.revision_number}"
    if revision is None:
        return merge_without_base(ours, text.body, named)
    return merge3(revision.body, ours, text.body, named)


def fields_of(make_form, text: Publication, revision: Revision) -> Fields:
    """What a form would have sent, untouched, when `text` was as `revision` says."""
    was = copy(text)
    was.body = revision.body
    for name, column in snapshots.columns_of(type(text)).items():
        if name in revision.fields:
            snapshots.put(was, column, revision.fields)
    form = make_form(was)
    if "tag_names" in form.fields:
        tags = Tag.objects.filter(pk__in=revision.fields.get(snapshots.TAGS, []))
        form.initial["tag_names"] = ", ".join(tag.name for tag in tags)
    return fields_shown(form)


def choice_of(form: BaseForm, name: str, mine: Fields, theirs: Fields) -> Choice:
    bound = bound_field(form, name)
    return Choice(
        name,
        str(bound.label) if bound else name,
        shown(bound, mine.get(name, [])),
        shown(bound, theirs.get(name, [])),
        next(iter(theirs.get(name, [])), ""),
    )


def bound_field(form: BaseForm, name: str):
    """The field to which the input `name` belongs; None where it is none of the form's."""
    for bound in form:
        widget = bound.field.widget
        parts = widget.widgets_names if isinstance(widget, MultiWidget) else [""]
        if name in [bound.html_name + part for part in parts]:
            return bound
    return None


def shown(bound, values: list[str]) -> str:
    """`values` in words: rows of other tables by their names."""
    rows = getattr(bound.field, "queryset", None) if bound else None
    if rows is None:
        return ", ".join(values)
    keys = [value for value in values if fits(rows.model._meta.pk, value)]
    return ", ".join(map(str, rows.filter(pk__in=keys)))
