"""The tag that puts the form, or the reason why there is none, under a post."""

from django import template

from blogsite import personal
from comments.writing import composing, openness

register = template.Library()


@register.inclusion_tag("comments/_form.html", takes_context=True)
def comment_form(context, post, rules):
    """The form for whoever asks; `?reply=` in the address names the comment that it answers.

    `rules` are the `CommentSettings`, which the page has read already.
    """
    request = context["request"]
    member = personal.member_of(request)
    closed = openness.why_closed(post, member, rules)
    if closed:
        can_sign_in = openness.needs_account(member, rules)
        return {"closed": closed, "back": composing.back_to(post) if can_sign_in else ""}
    parent = composing.find_parent(post, request.GET.get("reply", ""))
    form = composing.blank_form(request, member, parent)
    return composing.form_context(request, post, form, parent)
