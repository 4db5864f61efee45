"""Filling a site with the demo, and emptying it first where that is wished."""

from pathlib import Path

import yaml
from django.contrib.auth import get_user_model
from django.db import transaction
from django.dispatch import Signal

from blogsite.audit import recording
from posts import pictures
from posts.importers.markdown import import_folder
from posts.importers.report import Report
from posts.models import Image, Page, Post, Redirect, Series, SiteSettings, Tag

HERE = Path(__file__).parent
NAME = "demo"
SOURCE = f"markdown:{NAME}:"  # how everything that came with the demo begins its `source`

# Sent after the texts of the demo are there, so that apps above can add what is theirs.
demo_loaded = Signal()


def has_other_content() -> bool:
    """Whether there is any text here that did not come with the demo."""
    return any(
        model.everything.exclude(source__startswith=SOURCE).exists() for model in (Post, Page)
    )


def load(progress=None) -> Report:
    """Bring in the demo, or what is missing of it; a second time changes nothing."""
    with (HERE / "site.yaml").open() as file:
        site = yaml.safe_load(file)
    with transaction.atomic():
        make_settings(site["site"])
        for author in site["authors"]:
            make_author(author)
        for tag in site["tags"]:
            make_group(Tag, **tag)
        for series in site["series"]:
            make_group(Series, **series)
    report = import_folder(HERE / "content", name=NAME, progress=progress)
    demo_loaded.send(sender=load)
    return report


def make_settings(site: dict) -> None:
    if not SiteSettings.objects.exists():
        SiteSettings.objects.create(
            title=site["title"], tagline=site["tagline"], description=site["description"]
        )


def make_author(author: dict) -> None:
    """An author without an e-mail, so that nobody can sign in as one."""
    if get_user_model().objects.filter(handle=author["handle"]).exists():
        return
    get_user_model().objects.create_user(
        handle=author["handle"],
        display_name=author["name"],
        bio=author["bio"],
        links="\n".join(link["url"] for link in author["links"]),
    )


def make_group(model, slug: str, **fields) -> None:
    model.objects.get_or_create(slug=slug, defaults=fields)


@transaction.atomic
def remove_everything() -> None:
    """Remove all that is published here and its authors who cannot sign in; people stay."""
    for model in (Post, Page):
        model.everything.all().delete()
    for model in (Redirect, Tag, Series, SiteSettings):
        model.objects.all().delete()
    for image in Image.everything.all():
        pictures.remove_image(image)
    get_user_model().objects.filter(email=None, is_staff=False).delete()
    recording.record("posts.site_emptied")
