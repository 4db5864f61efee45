"""The form for one visitor: empty under a post, or with what they sent."""

from django.middleware.csrf import get_token
from django.utils.text import Truncator

from accounts.models import User
from blogsite import personal
from blogsite.addresses import address
from comments.keys import key_in
from comments.models import Comment
from comments.writing import stamps
from comments.writing.forms import GuestForm, MemberForm
from comments.writing.guests import Guest
from posts.models import Post
from posts.rendering import plain_text

QUOTED_LENGTH = 200  # characters of the comment that somebody answers


def blank_form(request, member: User | None, parent: Comment | None = None) -> MemberForm:
    """The form as a page shows it first. A page with somebody's traits in it becomes personal."""
    initial = {"stamp": stamps.make(request), "parent": parent.pk if parent else ""}
    if member:
        personal.mark(request)
        return MemberForm(initial=initial)
    guest = Guest.from_request(request)
    if guest.is_remembered:
        personal.mark(request)
        known = {"name": guest.name, "email": guest.email, "site": guest.site, "remember": True}
        initial |= known
    return GuestForm(initial=initial)


def sent_form(request, member: User | None) -> MemberForm:
    """The form with what was sent, and with a new stamp where the sent one is good no more."""
    data = request.POST.copy()
    if stamps.age(data.get("stamp", "")) is None:
        data["stamp"] = stamps.make(request)
    return MemberForm(data) if member else GuestForm(data)


def unchecked(form: MemberForm) -> MemberForm:
    """The same form with the same words, but without a check of them."""
    return type(form)(initial=form.data.dict())


def find_parent(post: Post, text: str) -> Comment | None:
    """The comment under `post` that readers see and `text` is the key of; or None."""
    key = key_in(text)
    if key is None:
        return None
    return Comment.objects.approved().with_people().filter(post=post, pk=key).first()


def form_context(request, post: Post, form: MemberForm, parent: Comment | None = None) -> dict:
    """What templates/comments/_form_fields.html needs."""
    return {
        "form": form,
        "form_address": form_address(post),
        "back": back_to(post) if form.is_for_guest else "",
        "writer": None if form.is_for_guest else personal.member_of(request),
        # A guest's form has none, for its page is kept for everyone.
        "token": "" if form.is_for_guest else get_token(request),
        "parent": parent,
        "parent_words": quoted(parent) if parent else "",
    }


def form_address(post: Post) -> str:
    """Where the form is sent."""
    return address("comments:discussion", post.slug)


def back_to(post: Post) -> str:
    """Where somebody returns to who signs in to write."""
    return f"{post.get_absolute_url()}#comment-write"


def quoted(comment: Comment) -> str:
    return Truncator(" ".join(plain_text(comment.body_html).split())).chars(QUOTED_LENGTH)
