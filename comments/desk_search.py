"""Comments, found at the desk by moderators."""

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from blogsite.desksearch import MOST, Found, register
from comments.models import MODERATE, Comment

# A comment has no title, so its words are searched; of the newest, so that the cost has an end.
NEWEST = 2000
SHOWN = 80  # characters


def find_comments(request, query) -> list[Found]:
    """By who wrote them and what they say."""
    if not request.user.has_perm(MODERATE):
        return []
    newest = Comment.objects.order_by("-pk").values("pk")[:NEWEST]
    columns = ["name", "email", "member__display_name", "body"]
    rows = Comment.objects.filter(query.holds(*columns), pk__in=newest).order_by("-pk")
    return [found(comment) for comment in rows.with_people()[:MOST]]


def found(comment: Comment) -> Found:
    words = Truncator(" ".join(comment.body.split())).chars(SHOWN)
    address = reverse("admin:comments_comment_change", args=[comment.pk])
    return Found(f"{comment.shown_name}: {words}", address, str(comment.get_status_display()))


register("comments", _("Comments"), find_comments)
