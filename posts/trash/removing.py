"""For good: what is removed leaves its addresses answering that it is gone."""

from django.db import transaction

from posts import redirects
from posts.models import Image, Redirect
from posts.models.addressed import Addressed
from posts.models.publication import Publication
from posts.pictures import remove_image


@transaction.atomic
def remove(thing: Addressed | Image) -> None:
    """Delete a text, picture, tag or series; addresses that readers could have kept answer 410."""
    if isinstance(thing, Image):
        redirects.remember_gone(thing.url)
        remove_image(thing)
        return
    paths = []
    if was_public(thing):
        former = Redirect.objects.filter(**redirects.targets(thing))
        paths = [thing.get_absolute_url(), *former.values_list("path", flat=True)]
    thing.delete()
    for path in paths:
        redirects.remember_gone(path)


def was_public(thing: Addressed) -> bool:
    if isinstance(thing, Publication):
        return thing.was_public
    return redirects.has_published_posts(thing)
