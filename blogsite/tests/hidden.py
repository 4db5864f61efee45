"""Texts that are not public, in every way of not being public, each with a word of its own."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone

from comments.models import Comment, Status
from comments.tests.factories import make_comment
from posts import publishing, trash
from posts.models import Post, Series, Tag
from posts.tests.factories import make_page, make_post, make_series, make_tag, make_user

LONG_AGO = datetime(1999, 5, 4, tzinfo=UTC)
OPEN_SINCE = datetime(2020, 5, 4, tzinfo=UTC)
TO_COME = datetime(2099, 5, 4, tzinfo=UTC)

# Each way of not being public, and what the address of such a text answers. Gone says that there
# was something, so only what readers did see may say it.
STATES = {
    "draft": 404,
    "scheduled": 404,
    "expired": 410,
    "withdrawn": 410,  # taken back by an editor, and a draft again
    "trashed": 410,
    "discarded": 404,  # trashed before anybody could read it
    "purged": 410,
    "erased": 404,  # purged before anybody could read it
}
PUBLISHED_AT = {
    "draft": None,
    "scheduled": TO_COME,
    "expired": LONG_AGO,
    "withdrawn": LONG_AGO,
    "trashed": LONG_AGO,
    "discarded": None,
    "purged": LONG_AGO,
    "erased": TO_COME,
    "published": LONG_AGO,
}
# The key of the comment under the post in each state: high, so that no other comes near.
COMMENT_KEYS = {state: 90_001 + number for number, state in enumerate(PUBLISHED_AT)}
HIDDEN_STATUSES = [Status.PENDING, Status.SPAM, Status.REMOVED]


def make_texts(state) -> str:
    """A post and a page in `state`, alone under a tag, an author and a series; their word.

    All of them have been renamed, and a second post stands beside a published one. The post has
    a comment. Every column that readers can see holds the word.
    """
    word = f"zq{state}"
    tag = make_tag(f"{word} tag", slug=f"{word}-tag-was", description=word)
    series = make_series(f"{word} series", slug=f"{word}-series-was", description=word)
    author = make_user(display_name=f"{word} author", handle=f"{word}-author-was", bio=word)
    fields = {"body": f"{word} quokka", "published_at": PUBLISHED_AT[state]}
    post = make_post(
        slug=f"{word}-post-was",
        title=f"{word} title",
        summary=f"{word} summary",
        authors=[author],
        tags=[tag],
        series=series,
        **fields,
    )
    page = make_page(slug=f"{word}-page-was", title=f"{word} title", **fields)
    for thing in (post, page, tag, series):
        thing.slug = thing.slug.removesuffix("-was")
        thing.save()
    author.handle = f"{word}-author"
    author.save()
    make_comment(post, pk=COMMENT_KEYS[state], **spoken(word))
    beside = make_post_beside_open(word, state, **fields)
    for thing in (post, page, beside):
        put_into(state, thing)
    return word


def make_post_beside_open(word, state, **fields) -> Post:
    """A post that a published one shares tag and series with, and which replaces that one."""
    tag = Tag.objects.filter(slug="shared").first() or make_tag("Shared")
    series = Series.objects.filter(slug="shared").first() or make_series("Shared")
    beside = make_post(
        slug=f"{word}-beside", title=f"{word} beside", tags=[tag], series=series, **fields
    )
    make_post(
        slug=f"open-{state}",
        tags=[tag],
        series=series,
        superseded_by=beside,
        published_at=OPEN_SINCE,
    )
    make_page(slug=f"open-page-{state}", published_at=OPEN_SINCE)
    return beside


def spoken(word) -> dict[str, str]:
    """Every column of a comment that somebody types, with the word in it."""
    return {
        "name": f"{word} guest",
        "email": f"{word}@example.org",
        "site": f"https://{word}.example/",
        "body": f"{word} quokka",
    }


def make_hidden_comments() -> dict[str, str]:
    """Comments that readers may not see, under a post that they may; their words by status.

    Of each kind there is one alone, one that was answered, and one that is an answer. The e-mail
    of a comment that they do see is hidden as well.
    """
    words = {status.value: f"zq{status.value}" for status in HIDDEN_STATUSES} | {"email": "zqemail"}
    post = make_post(slug="open-comments", published_at=OPEN_SINCE)
    seen = make_comment(post, email="zqemail@example.org")
    for status in HIDDEN_STATUSES:
        fields = spoken(words[status])
        make_comment(post, status=status, **fields)
        make_comment(parent=seen, status=status, **fields)
        answered = make_comment(post, **fields)
        make_comment(parent=answered, email="zqemail@example.org")
        Comment.objects.filter(pk=answered.pk).update(status=status)
    return words


def put_into(state, thing):
    if state == "expired":
        publishing.expire_at(thing, timezone.now())
    if state == "withdrawn":
        publishing.unpublish(thing)
    if state in {"trashed", "discarded", "purged", "erased"}:
        trash.move_to_trash(thing, by=None)
    if state in {"purged", "erased"}:
        trash.purge(timedelta(0))


def make_all_hidden() -> dict[str, str]:
    """Texts in every state at once; their words by state."""
    return {state: make_texts(state) for state in STATES}
