"""Comments as feed entries: the facts that all formats share."""

from django.conf import settings
from django.utils.translation import gettext as _

from comments.models import Comment
from posts.feeds.entries import legible
from posts.rendering import absolute_urls, plain_text


def entry_for(comment: Comment) -> dict:
    """The arguments for `add_item`; `comment` is a row of `subjects.feed_rows()`."""
    address = comment.permalink
    names = {"name": comment.shown_name, "post": comment.post}
    title = _("Comment by %(name)s on %(post)s") % names
    moment = comment.created_at.replace(microsecond=0)
    content = absolute_urls(comment.body_html, comment.post.permalink)
    return legible(
        {
            "title": title,
            "name": title,
            "link": address,
            "unique_id": guid_of(comment),
            "unique_id_is_permalink": False,
            "pubdate": moment,
            "updateddate": max(moment, (comment.edited_at or moment).replace(microsecond=0)),
            "authors": [person(comment)],
            "categories": [],
            "language": "",
            "description": None,
            "summary": plain_text(content),
            "content": content,
            "image": None,
            "answered": answered_by(comment),
        }
    )


def person(comment: Comment) -> dict[str, str]:
    site = comment.author_site
    return {"name": comment.shown_name} | ({"url": site} if site else {})


def guid_of(comment: Comment) -> str:
    """The permanent id of the post with the comment's number: it outlives a change of address."""
    return f"{comment.post.guid}#comment-{comment.pk}"


def answered_by(comment: Comment) -> dict[str, str]:
    """Id and address of what `comment` answers: another comment that readers see, or the post."""
    parent = comment.parent
    if parent and parent.is_approved:
        address = settings.SITE_URL + parent.get_absolute_url()
        return {"ref": f"{comment.post.guid}#comment-{parent.pk}", "href": address}
    return {"ref": comment.post.guid, "href": comment.post.permalink}
