"""The form, or the reason why there is none, under a post."""

from functools import lru_cache
from urllib.parse import quote

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from blogsite import personal
from blogsite.languages import language
from comments.writing import composing, openness, stamps
from comments.writing.forms import GuestForm
from comments.writing.guests import Guest

# What differs between the forms under two posts. Words that no filter of the template changes.
ADDRESS, BACK, STAMP = "placeofaddress", "placeofback", "placeofstamp"


def comment_form(request, post, rules) -> SafeString:
    """The form for whoever asks; `?reply=` in the address names the comment that it answers.

    `rules` are the `CommentSettings`, which the page has read already.
    """
    member = personal.member_of(request)
    closed = openness.why_closed(post, member, rules)
    if closed:
        can_sign_in = openness.needs_account(member, rules)
        back = composing.back_to(post) if can_sign_in else ""
        return render_to_string("comments/_form.html", {"closed": closed, "back": back})
    parent = composing.find_parent(post, request.GET.get("reply", ""))
    if not (member or parent or Guest.from_request(request).is_remembered):
        return blank_form(request, post)
    form = composing.blank_form(request, member, parent)
    context = composing.form_context(request, post, form, parent)
    return render_to_string("comments/_form.html", context)


def blank_form(request, post) -> SafeString:
    """The form that every guest gets, which is rendered once."""
    fills = {
        ADDRESS: escape(composing.form_address(post)),
        BACK: quote(composing.back_to(post), safe="/"),
        STAMP: escape(stamps.make(request)),
    }
    form = blank(language())
    for place, value in fills.items():
        form = form.replace(place, value)
    return SafeString(form)


@lru_cache(maxsize=50)
def blank(_language: str) -> str:
    """The form in the language that is active, and is named for the cache."""
    form = GuestForm(initial={"stamp": STAMP, "parent": ""})
    return render_to_string(
        "comments/_form.html", {"form": form, "form_address": ADDRESS, "back": BACK}
    )
