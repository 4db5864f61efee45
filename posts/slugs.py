"""Slugs made by the site, where a person gave none."""

import unicodedata

from django.db.models import Model
from django.utils.text import slugify

from blogsite.numbering import first_free
from posts.models import Page, Tag
from posts.models.page import is_taken

ROOM_FOR_NUMBER = 6  # characters: a slug stays within its column when a number follows
SPOKEN = {"+": " plus ", "#": " sharp ", "&": " and "}


def free_slug(model: type[Model], text: str) -> str:
    """A slug made from `text` that nothing of this kind has yet: `a-walk`, `a-walk-2`.

    What is in the trash keeps its slug.
    """
    kept = getattr(model, "everything", model._default_manager)
    room = model._meta.get_field("slug").max_length - ROOM_FOR_NUMBER
    text = spelt_out(text) if model is Tag else text
    plain = slugify(unicodedata.normalize("NFKC", text), allow_unicode=True)

    def is_free(slug: str) -> bool:
        return not kept.filter(slug=slug).exists() and not (model is Page and is_taken(slug))

    return first_free(plain[:room].strip("-_") or model._meta.model_name, is_free)


def spelt_out(name: str) -> str:
    """The name of a topic with the signs that matter in words: C++ and C# are not C."""
    name = name.lstrip("#")
    for sign, spoken in SPOKEN.items():
        name = name.replace(sign, spoken)
    return name
