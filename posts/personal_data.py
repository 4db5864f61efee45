"""What posts keep about a person: what they wrote, saved or not, and the pictures they brought."""

import io
import json
from collections.abc import Callable, Iterator
from functools import partial
from typing import BinaryIO

from django.core.files.storage import default_storage
from django.core.serializers.json import DjangoJSONEncoder

from accounts.models import User
from accounts.personal_data import FILES, PARTS
from posts.models import Image, Post, WorkingCopy

Files = Iterator[tuple[str, Callable[[], BinaryIO]]]


def texts(user: User) -> Files:
    """Each post with their byline: its facts as JSON, an empty line, and the text as typed."""
    mine = Post.everything.filter(bylines__user=user).order_by("pk")
    for post in mine.prefetch_related("tags").select_related("series").iterator(chunk_size=50):
        whole = f"{json.dumps(facts(post), cls=DjangoJSONEncoder, ensure_ascii=False, indent=2)}\n\n{post.body}"
        yield f"posts/{post.pk}-{post.slug}.md", partial(io.BytesIO, whole.encode())


def facts(post: Post) -> dict:
    """Named as Hugo's front matter names them."""
    return {
        "title": post.title,
        "slug": post.slug,
        "guid": post.guid,
        "date": post.published_at or post.created_at,
        "lastmod": post.updated_at or post.modified_at,
        "draft": post.published_at is None,
        "trashed": post.deleted_at,
        "summary": post.summary,
        "tags": [tag.name for tag in post.tag_list],
        "series": [post.series.title] if post.series else [],
        "canonical_url": post.canonical_url,
        "language": post.language,
    }


def pictures(user: User) -> tuple[str, list]:
    rows = Image.everything.filter(uploaded_by=user).order_by("pk")
    columns = ("file", "alt", "caption", "original_name", "uploaded_at")
    return "pictures", list(rows.values(*columns))


def picture_files(user: User) -> Files:
    for name in (
        Image.everything.filter(uploaded_by=user).order_by("pk").values_list("file", flat=True)
    ):
        yield f"pictures/{name}", partial(default_storage.open, name)


def unsaved(user: User) -> tuple[str, list]:
    """What they typed and never saved, as their forms held it."""
    rows = WorkingCopy.objects.filter(user=user, fields__isnull=False).order_by("pk")
    return "unsaved_texts", list(rows.values("kind", "post", "page", "saved_at", "fields"))


PARTS += [pictures, unsaved]
FILES += [texts, picture_files]
