"""What waits for an author or editor: the questions of the start page, each from an index."""

from django.db.models import Exists, OuterRef, Prefetch, Q, Subquery
from django.db.models.fields.json import KT

from accounts.models import User
from blogsite.audit import lately
from blogsite.counting import tally
from posts import access
from posts.models import PlannedEdit, Post, Review, WorkingCopy

SHOWN = 5  # of each list
OWN_TEXTS = 100  # of an author, the last ones saved: changes of older ones are no news

KINDS = ["post", "page", "tag", "series", "image", "redirect", "sitesettings"]


def waiting_for(user: User) -> dict:
    """Counts and the beginnings of lists, by name."""
    posts = access.posts_at_desk_of(user)
    reviews = posts.in_review()
    drafts = posts.drafts().filter(submitted_at=None)
    scheduled = posts.scheduled()
    # Asked of each edit, of which there are few, and not of a list of all posts.
    is_seen = Exists(posts.filter(pk=OuterRef("post")))
    held = PlannedEdit.objects.filter(is_seen, applied_at=None).exclude(problem="")
    titles = Post.everything.only("title", "slug", "description")
    return {
        "drafts": tally(posts.drafts()),
        "in_review": tally(reviews),
        "scheduled": tally(scheduled),
        "undescribed": tally(access.images_at_desk_of(user).filter(alt="")),
        "review_list": with_notes(reviews).order_by("submitted_at")[:SHOWN],
        "draft_list": drafts.without_text().order_by("-modified_at")[:SHOWN],
        # Joined to the posts, an empty table of edits makes SQLite begin with these.
        "held_up": held.only("due_at", "post").prefetch_related(Prefetch("post", titles))[:SHOWN],
        "scheduled_list": scheduled.without_text().order_by("published_at")[:SHOWN],
    }


def with_notes(reviews):
    """Rows with their authors at hand, and as `asked` what was said when they were submitted."""
    submitted = Review.objects.filter(post=OuterRef("pk"), kind=Review.Kind.SUBMITTED)
    newest = submitted.order_by("-at", "-pk").values("note")[:1]
    return reviews.without_text().with_byline().annotate(asked=Subquery(newest))


def unsaved_by(user: User):
    """What `user` typed and never saved, newest first; each with `typed_title`."""
    copies = WorkingCopy.objects.filter(user=user, fields__isnull=False)
    # The fields hold whole texts, each a list of values; of these only the title is read.
    titled = copies.annotate(typed_title=KT("fields__title__0")).defer("fields")
    return titled.order_by("-saved_at")[:SHOWN]


def known_changes(user: User) -> Q | None:
    """Which events about texts and what belongs to them `user` may know of."""
    kinds = [kind for kind in KINDS if may_look(user, kind)]
    if kinds:
        return lately.of_kinds("posts", kinds)
    if not access.writes_own_posts(user):
        return None
    newest = access.posts_at_desk_of(user).order_by("-modified_at")
    own = [str(pk) for pk in newest.values_list("pk", flat=True)[:OWN_TEXTS]]
    return lately.of_kinds("posts", ["post"]) & Q(target_type="posts.post", target_id__in=own)


def may_look(user: User, kind: str) -> bool:
    return user.has_perm(f"posts.view_{kind}") or user.has_perm(f"posts.change_{kind}")
