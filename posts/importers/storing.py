"""Putting one text into the database: its pictures, then the text as a whole."""

import uuid
from pathlib import Path

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from posts import pictures, redirects, revisions
from posts.importers.digests import picture_digest, state_digest
from posts.importers.facts import Facts
from posts.importers.parts import Parts
from posts.importers.references import TOKEN, Picture
from posts.models import Byline, Image, Page, Post, Redirect, Revision
from posts.models.image import ALT_MAX_LENGTH
from posts.models.redirect import as_asked
from posts.search import keep_in_step


class Storing:
    """Stores one text, whole or not at all; `problems` grows meanwhile."""

    def __init__(self, facts: Facts, parts: Parts):
        self.facts = facts
        self.parts = parts
        self.problems = list(facts.problems)
        self.stored_files = {}  # path of a picture to its Image, or None where it was refused
        self.new_images = []
        self.redirect_count = 0

    def store(
        self,
        text: Post | Page,
        body: str,
        found: list[Picture],
        cover_file: Path | None,
        digest: str,
    ) -> None:
        """Fill and save `text`, a new row or the one of an earlier import."""
        try:
            # Before the transaction: making the copies of a picture takes seconds, in which
            # nobody else could write to SQLite.
            cover = [Picture(cover_file, self.facts.cover_alt)] if cover_file else []
            for picture in [*found, *cover]:
                self.take_picture(picture)
            text.body = TOKEN.sub(lambda token: self.address(found[int(token[1])].file), body)
            self.save(text, self.stored_files.get(cover_file), digest)
        except BaseException:
            for image in self.new_images:
                pictures.remove_image(image)
            raise

    @transaction.atomic
    def save(self, text: Post | Page, cover: Image | None, digest: str) -> None:
        """The same for a text whose body and pictures are there."""
        # A first import makes no revision, or it would store every text twice.
        before = revisions.found(text.pk, type(text)) if text.pk else None
        is_again = bool(text.pk)
        self.fill(text)
        if isinstance(text, Post):
            self.fill_post(text, cover)
        else:
            text.in_navigation, text.position = self.facts.in_navigation, self.facts.position
        text.save()
        if isinstance(text, Post):
            self.attach(text)
        if is_again:
            revisions.keep_change(before, text, reason=Revision.Reason.IMPORTED)
        self.remember_addresses(text)
        text.source_digest = digest + state_digest(text)
        type(text).everything.filter(pk=text.pk).update(source_digest=text.source_digest)

    def fill(self, text: Post | Page) -> None:
        facts = self.facts
        text.title, text.slug, text.language = facts.title, facts.slug, facts.language
        # A guess is made once: the file's time moves when somebody copies the folder.
        if not (facts.date_is_guessed and text.published_at):
            text.published_at = facts.published_at
        if facts.is_draft:
            text.published_at = None
        text.updated_at, text.noindex = facts.updated_at, facts.noindex
        if not text.pk:
            text.created_at = min(facts.published_at or timezone.now(), timezone.now())
            text.guid = self.free_guid(text)

    def free_guid(self, text: Post | Page) -> str:
        """The text's own, or one that a later import into an empty site would give again.

        So feed readers do not show everything anew. Empty where both are taken.
        """
        made = uuid.uuid5(uuid.NAMESPACE_URL, text.source)
        kind = text._meta.model_name
        derived = f"tag:{settings.SITE_HOST},{text.created_at:%Y-%m-%d}:{kind}/{made}"
        wanted = [self.facts.guid, derived]
        taken = type(text).everything.filter(guid__in=wanted).values_list("guid", flat=True)
        return next((guid for guid in wanted if guid and guid not in taken), "")

    def fill_post(self, post: Post, cover: Image | None) -> None:
        facts = self.facts
        post.summary, post.canonical_url = facts.summary, facts.canonical_url
        post.comments_open, post.evergreen = facts.comments_open, facts.evergreen
        post.series = self.parts.series(facts.series) if facts.series else None
        post.series_part = facts.series_part
        post.cover = cover
        post.cover_alt = facts.cover_alt[:ALT_MAX_LENGTH] if cover else ""

    def attach(self, post: Post) -> None:
        post.tags.set(self.parts.tags(self.facts.tags))
        authors = self.parts.authors(self.facts.authors)
        if [byline.user_id for byline in post.bylines.all()] != [user.pk for user in authors]:
            post.bylines.all().delete()
            Byline.objects.bulk_create(
                Byline(post=post, user=user, position=place) for place, user in enumerate(authors)
            )
            keep_in_step(Post, [post.pk])

    def take_picture(self, picture: Picture) -> None:
        """Store the file of a picture, once; where it is refused, tell why."""
        file = picture.file
        if file in self.stored_files:
            return
        is_new = not Image.everything.filter(digest=picture_digest(file)).exists()
        try:
            with file.open("rb") as data:
                image = pictures.store_image(data, name=file.name, alt=picture.alt)
        except pictures.ImageRefused as refusal:
            image = None
            self.problems.append(f"{file.name}: {' '.join(refusal.messages)}")
        self.stored_files[file] = image
        if image and is_new:
            self.new_images.append(image)

    def address(self, file: Path) -> str:
        """Where a picture is now; for a refused one, its name, so that the gap can be found."""
        image = self.stored_files[file]
        return image.url if image else file.name.replace(" ", "%20")

    def remember_addresses(self, text: Post | Page) -> None:
        for path in wanted_redirects(self.facts):
            redirects.remember(text, path)
            self.redirect_count += 1


def wanted_redirects(facts: Facts) -> list[str]:
    """The old addresses of a text that do not lead anywhere yet."""
    paths = [path for path in facts.addresses if path.rstrip("/") != facts.new_path.rstrip("/")]
    known = Redirect.objects.filter(path__in=[as_asked(path) for path in paths])
    taken = set(known.values_list("path", flat=True))
    return [path for path in paths if as_asked(path) not in taken]
