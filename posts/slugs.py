"""Slugs made by the site, where a person gave none."""

import unicodedata

from django.db.models import Model
from django.utils.text import slugify

from posts.models import Page
from posts.models.page import is_taken


def free_slug(model: type[Model], text: str, default: str = "") -> str:
    """A slug made from `text` that nothing of this kind has yet: `a-walk`, `a-walk-2`.

    `default` is for a text without letters; what is in the trash keeps its slug.
    """
    kept = getattr(model, "everything", model._default_manager)
    room = model._meta.get_field("slug").max_length - 6
    plain = slugify(unicodedata.normalize("NFKC", text), allow_unicode=True)
    base = plain[:room].strip("-_") or default or model._meta.model_name
    slug, number = base, 1
    while kept.filter(slug=slug).exists() or (model is Page and is_taken(slug)):
        number += 1
        slug = f"{base}-{number}"
    return slug
