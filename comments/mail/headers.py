"""Headers by which mail programs sort, thread and end our mails."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings

from blogsite.outgoing.addresses import ascii_domain
from comments.models import Address, Comment
from posts.models import Post


def host() -> str:
    """The site's host as the right side of an identifier; RFC 5322 wants brackets around IPv6."""
    name = settings.SITE_HOST
    try:
        is_ipv6 = isinstance(ip_address(name), IPv6Address)
    except ValueError:
        return ascii_domain(name)
    return f"[IPv6:{name}]" if is_ipv6 else name


def mail_id(kind: str, key: int, address: Address) -> str:
    """The Message-ID of one mail to one person: the same whenever it is asked for.

    So a mail can refer to another without anybody remembering it, also to one that was never
    sent, such as a post: all that refer to the same stand in one thread.
    """
    return f"<{kind}-{key}.{address.pk}@{host()}>"


def common(stop_link: str) -> dict[str, str]:
    """What every mail of ours says: no person wrote it, and one click ends its kind (RFC 8058).

    There is no mailto: nobody reads the mail that comes to the site.
    """
    return {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop_link}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def of_answer(comment: Comment, address: Address) -> dict[str, str]:
    """A mail about one comment, below the mails about those that it answers."""
    above = [mail_id("post", comment.post_id, address)]
    if comment.thread_id:
        above.append(mail_id("comment", comment.thread_id, address))
    if comment.parent_id and comment.parent_id != comment.thread_id:
        above.append(mail_id("comment", comment.parent_id, address))
    return {
        "Message-ID": mail_id("comment", comment.pk, address),
        "In-Reply-To": above[-1],
        "References": " ".join(above),
        "List-Id": list_id(comment.post),
    }


def of_digest(comments: list[Comment], address: Address) -> dict[str, str]:
    """A mail about several comments; in the thread of their post if they have one in common."""
    headers = {"Message-ID": mail_id("digest", comments[0].pk, address)}
    if len({comment.post_id for comment in comments}) > 1:
        return headers | {"List-Id": f"<comments.{host()}>"}
    post_id = mail_id("post", comments[0].post_id, address)
    of_post = {"In-Reply-To": post_id, "References": post_id, "List-Id": list_id(comments[0].post)}
    return headers | of_post


def of_waiting(kind: str, comment: Comment, address: Address) -> dict[str, str]:
    """A mail to a moderator; those about one post stand in one thread."""
    queue = mail_id("queue", comment.post_id, address)
    return {
        "Message-ID": mail_id(kind, comment.pk, address),
        "In-Reply-To": queue,
        "References": queue,
        "List-Id": f"<moderation.{host()}>",
    }


def list_id(post: Post) -> str:
    """RFC 2919; by the key, for the slug may be in any script."""
    return f"<post-{post.pk}.comments.{host()}>"
