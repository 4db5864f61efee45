"""What a feed of comments can be about: the whole site, or one post."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from comments.models import Comment, Discussion
from posts.feeds.subjects import publisher
from posts.models import Post, SiteSettings
from posts.models.publication import long_columns

# Of the whole site's comments a feed reaches so far back: who asks for older ones wants an export,
# and each page costs as much as all the pages before it.
MOST = 3_000
AT_ONCE = 500  # discussions that are counted

# Long columns that no entry shows.
UNSHOWN = [
    "body", "evidence", "trained_tokens", "member__bio", "member__password",
    *long_columns("post__"),
    "parent__body", "parent__body_html", "parent__evidence", "parent__trained_tokens",
]  # fmt: skip


@dataclass(frozen=True)
class Conversation:
    """What a feed is about, its comments, newest first, and how many they are."""

    title: str
    description: str
    path: str  # the addresses of the feeds begin with it
    page_path: str  # where people read the same
    author: dict[str, str]
    comments: QuerySet
    count: int


def the_site() -> Conversation:
    site = SiteSettings.load()
    return Conversation(
        title=_("Comments – %s") % site.title,
        description=_("Everything that readers answer here."),
        path="/comments/",
        page_path="/",
        author=publisher(site),
        comments=feed_rows(Comment.objects.public()),
        count=count_public(),
    )


def count_public() -> int:
    """Of all public comments, but no more than MOST: a few discussions tell that of a large site."""
    # Not by a join: SQLite would begin with all posts, and put their discussions in order.
    is_published = Exists(Post.objects.published().filter(pk=OuterRef("pk")))
    rows = Discussion.objects.filter(is_published, approved_count__gt=0).order_by("-pk")
    rows = rows.values_list("pk", "approved_count")
    some = list(rows[:AT_ONCE])
    count = sum(number for _key, number in some)
    while count < MOST and len(some) == AT_ONCE:
        some = list(rows.filter(pk__lt=some[-1][0])[:AT_ONCE])
        count += sum(number for _key, number in some)
    return min(count, MOST)


def a_post(post: Post) -> Conversation:
    site = SiteSettings.load()
    path = reverse("comments:discussion", args=[post.slug])
    return Conversation(
        title=_("Comments on %(post)s – %(site)s") % {"post": post, "site": site.title},
        description=_("What readers answer to this post."),
        path=path,
        page_path=path,
        author=publisher(site),
        comments=feed_rows(Comment.objects.approved().filter(post=post)),
        count=count_of(post),
    )


def count_of(post: Post) -> int:
    found = Discussion.objects.filter(post=post).values_list("approved_count", flat=True)
    return found.first() or 0


def feed_rows(comments: QuerySet) -> QuerySet:
    """`comments` newest first, with all that an entry shows."""
    rows = comments.select_related("member", "post", "parent").defer(*UNSHOWN)
    return rows.order_by("-created_at", "-pk")
