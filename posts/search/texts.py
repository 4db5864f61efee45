"""What the index knows of posts and pages: everything but what is in the trash."""

from collections import defaultdict
from collections.abc import Collection as Some
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet

from blogsite import fulltext
from blogsite.fulltext import Document
from posts.models import Byline, Page, Post

BATCH = 200  # rows at once: some MB of text
EVERY = "all"  # a mark that every text has, to choose among all
COLUMNS = ["pk", "published_at", "title", "toc", "body_text", "language"]


def tag_mark(key: int) -> str:
    return f"t{key}"


def author_mark(key: int) -> str:
    return f"a{key}"


def read_posts(keys: Some[int] | None) -> Iterator[Document]:
    for rows in batches(Post, keys, [*COLUMNS, "summary"]):
        marks = marks_of([row["pk"] for row in rows])
        for row in rows:
            yield document(row, row["summary"], marks[row["pk"]])


def read_pages(keys: Some[int] | None) -> Iterator[Document]:
    for rows in batches(Page, keys, COLUMNS):
        for row in rows:
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
        facts=(EVERY, *marks),
    )


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


def batches(model, keys: Some[int] | None, columns: list[str]) -> Iterator[list[dict]]:
    if keys is not None:
        yield list(model.objects.filter(pk__in=keys).order_by("published_at").values(*columns))
        return
    yield from walk(model.objects.filter(published_at=None).values(*columns), ["pk"])
    yield from walk(
        model.objects.exclude(published_at=None).values(*columns), ["published_at", "pk"]
    )


def walk(rows: QuerySet, order: list[str]) -> Iterator[list[dict]]:
    """Some at a time, each time from where it was: neither memory nor a long transaction."""
    some = list(rows.order_by(*order)[:BATCH])
    while some:
        yield some
        last = some[-1]
        rest = rows.filter(**{f"{order[0]}__gte": last[order[0]]})
        if len(order) > 1:
            rest = rest.exclude(**{order[0]: last[order[0]], "pk__lte": last["pk"]})
        else:
            rest = rest.filter(pk__gt=last["pk"])
        some = list(rest.order_by(*order)[:BATCH])


POSTS = fulltext.Collection("posts", read_posts, size=Post.objects.count)
PAGES = fulltext.Collection("pages", read_pages, size=Page.objects.count)
OF_MODEL = {Post: POSTS, Page: PAGES}
