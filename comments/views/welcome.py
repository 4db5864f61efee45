"""Where a writer lands: at the comment, or at a page of thanks where it shows to nobody."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from comments.models import Comment
from comments.ownership import is_author
from comments.views.pages import see
from comments.writing.guests import Guest, is_changeable
from posts.views.public import PublicPage


class ReceivedPage(PublicPage, TemplateView):
    """Thanks. The same for everyone, so it tells nobody what became of a comment."""

    template_name = "comments/received.html"
    robots = "noindex"

    def get_heading(self):
        return _("Thank you")


def welcome(request, stored: Comment, given: dict, is_own: bool):
    """The answer to a comment that is stored; `given` are the fields of the form.

    A guest's browser learns that the comment is theirs, and whom to remember.
    """
    guest = Guest.from_request(request)
    if stored.member_id is None:
        wished = [given[name] for name in ("name", "email", "site") if given["remember"]]
        guest = guest.called(*wished)
        guest = guest.with_comment(stored) if is_own else guest
    is_shown = stored.is_approved or (stored.seems_to_wait and is_author(request, stored, guest))
    address = stored.get_absolute_url() if is_shown else reverse("comments:received")
    response = see(address)
    if stored.member_id is None:
        guest.keep(response)
    return response


def was_just_sent_from(address_key: str, comment: Comment) -> bool:
    """Whether `comment` is so new, and from so near, that its sender sends it once more."""
    return bool(address_key) and comment.address_key == address_key and is_changeable(comment)
