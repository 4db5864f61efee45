"""The discussion as one visitor sees it: what is public, and what is theirs."""

from django.http import Http404
from django.utils.translation import gettext as _

from comments import topics
from comments.keys import key_in
from comments.models import Comment, CommentSettings
from comments.reading.threads import Section
from comments.reading.trees import walk
from comments.reading.visitors import own_comments
from comments.writing.guests import is_changeable
from posts.models import Post
from posts.views.public import asked_page


def first_section(request, post: Post) -> Section:
    """The beginning of the discussion, as it stands under the post; read once for a request."""
    known = request.__dict__.setdefault("comment_sections", {})
    if post.pk not in known:
        with topics.reading([post.pk]):
            known[post.pk] = fill(Section(post), request)
    return known[post.pk]


def asked_section(request, post: Post) -> Section:
    """The part of the discussion that the query asks for; raises Http404."""
    with topics.reading([post.pk]):
        section = Section(post, order=asked_order(request), thread=asked_thread(request))
        try:
            page = asked_page(request, section.paginator)
        except Comment.DoesNotExist as error:
            raise Http404(_("There is no such thread.")) from error
        return fill(section, request, page)


def fill(section: Section, request, page=None) -> Section:
    own = own_comments(request, section.post)
    section.fill(page, own)
    # Templates ask whether the page has anything, which is known by now.
    section.page.object_list = [node.comment for node in section.nodes]
    changeable = {row.pk for row in own if is_changeable(row)}
    for node in walk(section.nodes):
        node.may_change = node.comment.pk in changeable
    return section


def asked_order(request) -> str:
    asked = request.GET.get("order")
    if asked is None:
        return ""
    if asked not in CommentSettings.Order.values:
        raise Http404(_("There is no such order."))
    return asked


def asked_thread(request) -> int | None:
    asked = request.GET.get("thread")
    if asked is None:
        return None
    key = key_in(asked)
    if key is None:
        raise Http404(_("There is no such thread."))
    return key
