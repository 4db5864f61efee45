"""Former addresses: remembering them, and finding what lives behind one."""

from dataclasses import dataclass

from django.contrib.auth import get_user_model
from django.db.models import Model

from blogsite.addresses import address
from blogsite.prepared import Prepared
from posts.authors import published_authors
from posts.models import Page, Post, Redirect, Series, Tag
from posts.models.redirect import TARGETS, as_asked

MAX_HOPS = 5  # plain paths may lead to other former addresses; longer chains are a mistake


@dataclass(frozen=True)
class Answer:
    """Where a former address leads: to `location`, or, when that is empty, nowhere any more."""

    location: str

    @property
    def is_gone(self) -> bool:
        return not self.location


def remember(target: Model, path: str) -> None:
    """Make `path` lead to `target`, whatever address `target` has later.

    Its present address is never a former one: a thing renamed back forgets that detour.
    """
    path, present = as_asked(path), as_asked(address_of(target))
    Redirect.objects.filter(path=present).delete()
    if path != present:
        leads_to = {"to_path": "", "gone": False} | targets(target)
        Redirect.objects.update_or_create(path=path, defaults=leads_to)


def remember_gone(path: str) -> None:
    """Make `path` answer that what was there has been removed on purpose."""
    Redirect.objects.update_or_create(
        path=as_asked(path), defaults=targets(None) | {"to_path": "", "gone": True}
    )


def targets(target: Model | None) -> dict[str, Model | None]:
    """The target columns of a redirect, only the one for `target` filled."""
    kinds = {"post": Post, "page": Page, "tag": Tag, "series": Series, "author": get_user_model()}
    return {name: target if isinstance(target, kinds[name]) else None for name in TARGETS}


def address_of(thing: Model) -> str:
    if isinstance(thing, get_user_model()):
        return address("posts:author", thing.handle)
    return thing.get_absolute_url()


def find(path: str) -> Answer | None:
    """The answer for a former address, or None when `path`, as requests name it, never was one.

    What is hidden is not given away: a former address of a draft is as unknown as the draft.
    """
    seen = {path}
    for _hop in range(MAX_HOPS):
        redirect = next(iter(redirects_from(path=path)), None)
        if not redirect:
            break
        if redirect.gone:
            return Answer("")
        if not redirect.to_path:
            return answer_for(redirect)
        path = as_asked(redirect.to_path)
        if path in seen:
            return None
        seen.add(path)
    return Answer(path) if len(seen) > 1 else None


@Prepared
def redirects_from(path):
    return Redirect.objects.select_related("tag", "series", "author").filter(path=path).order_by()


def answer_for(redirect) -> Answer | None:
    for model, pk in ((Post, redirect.post_id), (Page, redirect.page_id)):
        if pk:
            thing = model.everything.without_text().get(pk=pk)
            if thing.is_published:
                return Answer(thing.get_absolute_url())
            return Answer("") if thing.is_gone else None
    target = redirect.target
    return Answer(address_of(target)) if has_published_posts(target) else None


def has_published_posts(group: Model) -> bool:
    """Whether a tag, series or author has a page to show at all."""
    if isinstance(group, Tag | Series):
        return type(group).objects.with_posts().filter(pk=group.pk).exists()
    return published_authors().filter(pk=group.pk).exists()
