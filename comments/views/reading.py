"""Reading comments: the pages of a discussion, one comment, and whether there is news."""

import json

from django.http import Http404, HttpResponsePermanentRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from blogsite import personal
from blogsite.pagecache import keep
from blogsite.personal import member_of
from comments import topics
from comments.models import MODERATE, Comment, Discussion
from comments.ownership import is_author
from comments.reading import places
from comments.reading.sections import asked_section
from comments.views.under import UnderPost, missing
from posts.models import Post
from posts.models.publication import long_columns
from posts.views.machine import asked_again, public_file, read_only
from posts.views.public import PublicPage


class DiscussionPage(UnderPost, PublicPage, TemplateView):
    """The comments of a post in pages: `?page=2`, `?order=newest`, `?thread=12`."""

    # The form for one answer is asked for once, and could be for each comment.
    kept = {"parameters": ["order", "page", "thread"], "except_with": ["reply"]}
    template_name = "comments/discussion.jinja"

    def get(self, request, *args, **kwargs):
        self.section = asked_section(request, self.discussed)
        if request.GET.get("page") == "1":  # the first page has one address
            return HttpResponsePermanentRedirect(self.section.present_address)
        return super().get(request, *args, **kwargs)

    def get_heading(self):
        return _("Comments on %s") % self.discussed

    def get_description(self):
        return self.discussed.description

    def get_canonical_path(self):
        return self.section.present_address

    def get_feed_path(self):
        return reverse("comments:discussion", args=[self.discussed.slug])

    @property
    def robots(self):
        # The form for one answer among many is no page to find by its own.
        return "noindex" if self.discussed.noindex or "reply" in self.request.GET else ""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            subject=self.discussed, section=self.section, page_obj=self.section.page, **kwargs
        )


@keep()
@read_only
def comment(request, pk):
    """The permanent address of a comment leads to where it stands now.

    Never for good: pages shift as threads grow.
    """
    with topics.reading_all():
        rows = Comment.objects.select_related("post", "parent", "thread")
        found = rows.defer(*long_columns("post__")).filter(pk=pk).first()
        if found is None:
            raise Http404(_("There is no such comment."))
        if found.post.is_published and (found.is_approved or is_waiting_for(request, found)):
            return asked_again(redirect(places.address_of(found)))
    member = member_of(request)
    if member and member.has_perm(MODERATE):
        personal.mark(request)
        return redirect("admin:comments_comment_change", found.pk)
    raise Http404(_("There is no such comment."))


def is_waiting_for(request, found: Comment) -> bool:
    """Whether the comment waits and the visitor is its author."""
    if not (found.seems_to_wait and is_author(request, found)):
        return False
    personal.mark(request)
    return True


@keep()
@read_only
def state(request, slug):
    """How many comments a post has, and the newest: for pages that are open meanwhile."""
    known = state_of(slug)
    if known is None:
        return missing(request, slug)
    return public_file(json.dumps(known), "application/json")


def state_of(slug: str) -> dict[str, int] | None:
    """`count` and `newest`, a key, of what readers see; None for a hidden post."""
    post = Post.objects.published().filter(slug=slug).values_list("pk", flat=True).first()
    if post is None:
        return None
    with topics.reading([post]):
        rows = Discussion.objects.filter(pk=post).values_list("approved_count", "newest_key")
        count, newest = rows.first() or (0, 0)
    return {"count": count, "newest": newest}
