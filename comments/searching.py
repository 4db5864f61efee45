"""Comments by their words and by who wrote them, for moderators.

Whole words are found among all comments, in the index that blogsite.fulltext keeps. It holds words
as they were typed and no list of them, so that what is purged leaves nothing behind. Parts of words
are looked for where that has an end: in how names and e-mails begin, and in the first of a list.
"""

from collections.abc import Collection as Some
from collections.abc import Iterable, Iterator

from django.contrib.auth import get_user_model
from django.db import connection
from django.db.models import Q, QuerySet

from blogsite.client import is_address
from blogsite.desksearch.query import Query
from blogsite.fulltext import Collection, Document, parse
from comments import networks
from comments.models import Comment

MOST = 2000  # comments that are found; who seeks more is better served by another word
FIRST = 2000  # comments of a list in which parts of words are looked for
MOST_MEMBERS = 20  # of one name
BATCH = 500  # rows in memory
END = "\U0010ffff"  # behind all that begins alike
COLUMNS = ["pk", "created_at", "member_id", "name", "email", "site", "body"]


def read_documents(keys: Some[int]) -> Iterator[Document]:
    rows = Comment.objects.filter(pk__in=keys).order_by("pk").values(*COLUMNS)
    yield from map(document_of, rows)


def walk() -> Iterator[int]:
    """By their keys, which is nearly by their moments and needs neither memory nor a sort."""
    keys = Comment.objects.order_by("pk").values_list("pk", flat=True)
    some = list(keys[:BATCH])
    while some:
        yield from some
        some = list(keys.filter(pk__gt=some[-1])[:BATCH])


def document_of(row: dict) -> Document:
    """A member is a mark: what they are called now is asked when somebody seeks them."""
    return Document(
        key=row["pk"],
        moment=row["created_at"],
        title=f"{row['name']}\n{row['email']}",
        lead=row["site"],
        body=row["body"],
        facts=(member_mark(row["member_id"]),) if row["member_id"] else (),
    )


def member_mark(key: int) -> str:
    return f"m{key}"


COMMENTS = Collection(
    "comments",
    read_documents,
    walk,
    model=Comment,
    size=Comment.objects.count,
    words=False,
)


def keep_in_step(keys: Iterable[int]) -> None:
    """After a write that no signal tells of, in its transaction."""
    COMMENTS.put_in_step(keys)


def add(comment: Comment) -> None:
    """Put a new comment into the index, which need not be read again for that."""
    COMMENTS.put([document_of({name: getattr(comment, name) for name in COLUMNS})])


def matching(comments: QuerySet, text: str) -> QuerySet:
    """Those of `comments` that `text` may mean: words, a name, an e-mail, a network address.

    `comments` has an order that an index serves.
    """
    query = Query.of(text)
    if not query.words:
        return comments
    if is_address(query.text):
        address_key, network_key = networks.keys_for(query.text)
        return comments.filter(Q(address_key=address_key) | Q(network_key=network_key))
    first = list(comments.values_list("pk", flat=True)[:FIRST])
    parts = Comment.objects.filter(
        query.holds("name", "email", "site", "body", "member__display_name", "member__email"),
        pk__in=first,
    )
    keys = {*with_words(text), *beginning(query.text), *parts.values_list("pk", flat=True)}
    return comments.filter(pk__in=keys)


def with_words(text: str) -> list[int]:
    """Keys of comments that hold all the words, or are by a member who is called by one."""
    query = parse(text)
    query.marks = {term.text: tuple(map(member_mark, members(term.text))) for term in query.terms}
    return COMMENTS.search(query, MOST).keys


def members(word: str) -> list[int]:
    """Keys of people with such a name or e-mail."""
    named = Q(display_name__icontains=word) | Q(handle=word) | Q(email__istartswith=word)
    # Without an order, so that the index of names answers alone.
    people = get_user_model().objects.filter(named).order_by()
    return list(people.values_list("pk", flat=True)[:MOST_MEMBERS])


def beginning(text: str) -> list[int]:
    """Keys of comments of guests whose e-mail or name begins so."""
    names = sorted({text, text.lower(), text.title(), text.capitalize()})
    found = []
    for column, way in [("email", text.lower()), *(("name", name) for name in names)]:
        rows = Comment.objects.filter(begins(column, way)).order_by(column)
        found += rows.values_list("pk", flat=True)[:MOST]
    return found


def begins(column: str, text: str) -> Q:
    """As an index of the column can answer it: SQLite's serves no LIKE, PostgreSQL's no range."""
    if connection.vendor == "sqlite":
        return Q(**{f"{column}__gte": text, f"{column}__lt": text + END})
    return Q(**{f"{column}__startswith": text})
