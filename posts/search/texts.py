"""What the index knows of posts and pages: everything but what is in the trash."""

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterator
from functools import partial
from hashlib import blake2b

from django.conf import settings
from django.db.models import QuerySet

from blogsite import fulltext
from blogsite.fulltext import Document
from posts.models import Byline, Page, Post

BATCH = 1_000  # keys at once
EVERY = "all"  # a mark that every text has, to choose among all
COLUMNS = ["pk", "published_at", "title", "toc", "body_text", "language", "images"]


def tag_mark(key: int) -> str:
    return f"t{key}"


def author_mark(key: int) -> str:
    return f"a{key}"


def picture_mark(file: str) -> str:
    """Of the picture stored as `file`: a word of the index cannot hold a path."""
    return f"p{blake2b(file.encode(), digest_size=8).hexdigest()}"


def read_posts(keys: Some[int]) -> Iterator[Document]:
    rows = list(Post.objects.filter(pk__in=keys).order_by("pk").values(*COLUMNS, "summary"))
    marks = marks_of([row["pk"] for row in rows])
    for row in rows:
        yield document(row, row["summary"], marks[row["pk"]])


def read_pages(keys: Some[int]) -> Iterator[Document]:
    for row in Page.objects.filter(pk__in=keys).order_by("pk").values(*COLUMNS):
        yield document(row, "", [])


def document(row: dict, summary: str, marks: list[str]) -> Document:
    headings = [heading["text"] for heading in row["toc"] if heading.get("text")]
    return Document(
        key=row["pk"],
        moment=row["published_at"],
        title=row["title"],
        lead="\n".join([summary, *headings]),
        body=row["body_text"],
        # The site's own, where a text names none.
        language=row["language"] or settings.LANGUAGE_CODE,
        facts=(EVERY, *marks, *pictures_in(row["images"])),
    )


def pictures_in(sources: list[str]) -> list[str]:
    """Marks of the stored pictures that a text shows, by their addresses as typed."""
    paths = [source.partition(settings.MEDIA_URL)[2] for source in sources]
    return sorted({picture_mark(path) for path in paths if path})


def marks_of(keys: list[int]) -> dict[int, list[str]]:
    """Tags and authors by their keys, so that new names of theirs change no index."""
    marks = defaultdict(list)
    tags = Post.tags.through.objects.filter(post_id__in=keys).order_by("tag_id")
    for post, tag in tags.values_list("post_id", "tag_id"):
        marks[post].append(tag_mark(tag))
    authors = Byline.objects.filter(post_id__in=keys).order_by("user_id")
    for post, user in authors.values_list("post_id", "user_id"):
        marks[post].append(author_mark(user))
    return marks


def walk(model) -> Iterator[int]:
    """Keys of all, the oldest first, and before them what has no date."""
    yield from stepwise(model.objects.filter(published_at=None), ["pk"])
    yield from stepwise(model.objects.exclude(published_at=None), ["published_at", "pk"])


def stepwise(rows: QuerySet, order: list[str]) -> Iterator[int]:
    """Some at a time, each time from where it was: neither memory nor a long transaction."""
    rows = rows.order_by(*order).values("published_at", "pk")
    some = list(rows[:BATCH])
    while some:
        yield from (row["pk"] for row in some)
        last = some[-1]
        rest = rows.filter(**{f"{order[0]}__gte": last[order[0]]})
        if len(order) > 1:
            rest = rest.exclude(**{order[0]: last[order[0]], "pk__lte": last["pk"]})
        else:
            rest = rest.filter(pk__gt=last["pk"])
        some = list(rest[:BATCH])


def lock_posts(keys: Some[int]) -> None:
    """Tags and bylines are rows of their own, which many may write at once."""
    rows = Post.everything.filter(pk__in=keys).order_by("pk").select_for_update(no_key=True)
    list(rows.values_list("pk"))


POSTS = fulltext.Collection(
    "posts",
    read_posts,
    partial(walk, Post),
    model=Post,
    size=Post.objects.count,
    lock=lock_posts,
)
PAGES = fulltext.Collection(
    "pages", read_pages, partial(walk, Page), model=Page, size=Page.objects.count
)
OF_MODEL = {Post: POSTS, Page: PAGES}
