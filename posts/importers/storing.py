"""Putting one converted document into the database: its pictures, then the text as a whole."""

import re
import uuid
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from posts import pictures, redirects, revisions
from posts.importers import liquid
from posts.importers.covers import Cover
from posts.importers.digests import picture_digest, state_digest
from posts.importers.document import Document
from posts.importers.parts import Parts
from posts.importers.plan import Entry
from posts.importers.references import TOKEN, Picture
from posts.models import Byline, Image, Page, Post, Redirect, Revision
from posts.models.image import ALT_MAX_LENGTH
from posts.models.redirect import as_asked
from posts.search import keep_in_step

LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*\Z")
SUMMARY_KEYS = ["summary", "excerpt", "description"]
is_address = URLValidator(schemes=["http", "https"])


class Storing:
    """Stores one document, whole or not at all; `problems` grows meanwhile."""

    def __init__(self, document: Document, entry: Entry, parts: Parts):
        self.document = document
        self.fields = document.fields
        self.entry = entry
        self.parts = parts
        self.problems = []
        self.stored_files = {}  # path of a picture to its Image, or None where it was refused
        self.new_images = []
        self.redirect_count = 0

    def store(self, text: Post | Page, body: str, found: list[Picture], cover: Cover | None,
              cover_file: Path | None, digest: str) -> None:  # fmt: skip
        """Fill and save `text`, a new row or the one of an earlier import."""
        try:
            # Before the transaction: making the copies of a picture takes seconds, in which
            # nobody else could write to SQLite.
            for picture in [*found, *([Picture(cover_file, cover.alt)] if cover_file else [])]:
                self.take_picture(picture)
            text.body = TOKEN.sub(lambda token: self.address(found[int(token[1])].file), body)
            self.save(text, cover, cover_file, digest)
        except BaseException:
            for image in self.new_images:
                pictures.remove_image(image)
            raise

    @transaction.atomic
    def save(self, text: Post | Page, cover: Cover | None, cover_file: Path | None, digest: str):
        # A first import makes no revision, or it would store every text twice.
        before = revisions.found(text.pk, type(text)) if text.pk else None
        is_again = bool(text.pk)
        self.fill(text)
        if isinstance(text, Post):
            self.fill_post(text)
            text.cover = self.stored_files.get(cover_file)
            text.cover_alt = cover.alt[:ALT_MAX_LENGTH] if text.cover else ""
        else:
            self.fill_page(text)
        text.save()
        if isinstance(text, Post):
            self.attach(text)
        if is_again:
            revisions.keep_change(before, text, reason=Revision.Reason.IMPORTED)
        self.remember_addresses(text)
        text.source_digest = digest + state_digest(text)
        type(text).everything.filter(pk=text.pk).update(source_digest=text.source_digest)

    def fill(self, text: Post | Page) -> None:
        document = self.document
        text.title, text.slug = document.title, self.entry.slug
        text.language = document.language if LANGUAGE.match(document.language) else ""
        # A guess is made once: the file's time moves when somebody copies the folder.
        if not (document.date_is_guessed and text.published_at):
            text.published_at = document.published_at
        if document.is_draft:
            text.published_at = None
        text.updated_at = document.updated_at
        robots = self.fields.text("robots").lower()
        text.noindex = bool(self.fields.flag("noindex")) or "noindex" in robots
        if not text.pk:
            text.created_at = min(document.published_at, timezone.now())
            text.guid = self.free_guid(text)

    def free_guid(self, text: Post | Page) -> str:
        """The file's own, or one that a later import into an empty site would give again.

        So feed readers do not show everything anew. Empty where both are taken.
        """
        own = self.fields.text("guid")[:255]
        made = uuid.uuid5(uuid.NAMESPACE_URL, text.source)
        kind = text._meta.model_name
        derived = f"tag:{settings.SITE_HOST},{text.created_at:%Y-%m-%d}:{kind}/{made}"
        taken = type(text).everything.filter(guid__in=[own, derived]).values_list("guid", flat=True)
        return next((guid for guid in (own, derived) if guid and guid not in taken), "")

    def fill_post(self, post: Post) -> None:
        fields = self.fields
        summary = " ".join(fields.text(*SUMMARY_KEYS).split())
        post.summary = liquid.plain_addresses(summary)
        post.comments_open = fields.flag("comments", "comments_open") is not False
        post.evergreen = bool(fields.flag("evergreen"))
        post.canonical_url = self.canonical_url()
        series = fields.names("series", separator=r"\Z(?!)")
        post.series = self.parts.series(series[0]) if series else None
        if len(series) > 1:
            self.problems.append(_("It is in several series; only the first was taken."))
        part = fields.number("series_order", "series_part", "part", "series_weight", "series_index")
        post.series_part = part if series else None

    def canonical_url(self) -> str:
        address = self.fields.text("canonical_url", "canonical")
        if not address:
            return ""
        try:
            is_address(address)
            if len(address) <= 200:
                return address
        except ValidationError:
            pass
        self.problems.append(_("The original address “%s” cannot be used.") % address[:200])
        return ""

    def fill_page(self, page: Page) -> None:
        fields = self.fields
        shown = fields.flag("in_navigation", "nav", "show_in_nav")
        in_menu = any(name in fields for name in ("menu", "menus"))
        # About belongs into the navigation, about/history hardly.
        page.in_navigation = shown if shown is not None else in_menu or self.is_near_the_top()
        page.position = min(fields.number("weight", "position", "nav_order", "order") or 0, 32_000)

    def is_near_the_top(self) -> bool:
        folders = [name for name in self.document.folders if name not in {"content", "pages"}]
        return not folders

    def attach(self, post: Post) -> None:
        post.tags.set(self.parts.tags(self.document.tags))
        authors = self.parts.authors(self.document.authors)
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
        for path in wanted_redirects(self.entry):
            redirects.remember(text, path)
            self.redirect_count += 1


def wanted_redirects(entry: Entry) -> list[str]:
    """The old addresses of an entry that do not lead anywhere yet."""
    paths = [path for path in entry.addresses if path.rstrip("/") != entry.new_path.rstrip("/")]
    known = Redirect.objects.filter(path__in=[as_asked(path) for path in paths])
    taken = set(known.values_list("path", flat=True))
    return [path for path in paths if as_asked(path) not in taken]
