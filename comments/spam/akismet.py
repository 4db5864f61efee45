"""Akismet, for sites whose settings name a key: asked about new comments, told of decisions.

The names of the fields are those of https://akismet.com/developers/. Network addresses are not
stored here, so reports of decisions go without.
"""

import logging

from django.conf import settings
from django.utils import translation

from blogsite.outgoing import web
from blogsite.outgoing.jobs import GiveUp, TryLater, job
from comments.models import Comment, CommentSettings

logger = logging.getLogger(__name__)

API = "https://rest.akismet.com/1.1"
PATIENCE = 3  # seconds; somebody waits for their comment to be taken
MAX_ANSWER = 10_000  # bytes; it is one word
REPORTS = {"good": "submit-ham", "spam": "submit-spam"}


def check(comment: Comment, ip: str = "", user_agent: str = "", referrer: str = "") -> bool | None:
    """Whether Akismet calls it spam; None where there is no key or it could not be asked."""
    key = CommentSettings.load().akismet_key
    if not key:
        return None
    circumstances = {"user_ip": ip, "user_agent": user_agent, "referrer": referrer}
    try:
        word = _ask("comment-check", key, _fields(comment) | circumstances, PATIENCE)
    except (web.Refused, web.Failed) as error:
        logger.warning("Akismet could not be asked: %s", error)
        return None
    if word not in {"true", "false"}:
        logger.warning("Akismet gave no verdict but %r", word[:100])
        return None
    return word == "true"


def report_later(comments: list[Comment]) -> None:
    """Have Akismet told what was decided about these, in the transaction that decided it."""
    told = [comment for comment in comments if comment.trained_as in REPORTS]
    if told and CommentSettings.load().akismet_key:
        for comment in told:
            report.enqueue(comment.pk, comment.trained_as)


@job
def report(comment_id: int, verdict: str) -> None:
    """Tell Akismet; nothing to tell once the comment is gone or was decided otherwise."""
    key = CommentSettings.load().akismet_key
    comment = Comment.objects.with_people().filter(pk=comment_id, trained_as=verdict).first()
    if not (key and comment):
        return
    try:
        word = _ask(REPORTS[verdict], key, _fields(comment))
    except web.Refused as error:
        raise GiveUp(f"Akismet cannot be told: {error}") from error
    except web.Failed as error:
        raise TryLater(f"Akismet does not answer: {error}") from error
    if word == "invalid":
        raise GiveUp("Akismet does not take the key.")


def _ask(verb: str, key: str, fields: dict[str, str], timeout: float = web.SECONDS) -> str:
    """Akismet's answer, a word; raises what `web.request` raises."""
    fields = {"api_key": key, "blog": settings.SITE_URL} | fields
    fields = {name: value for name, value in fields.items() if value}
    answer = web.request("POST", f"{API}/{verb}", fields, timeout=timeout, max_bytes=MAX_ANSWER)
    if answer.status != 200:
        raise web.Failed(f"status {answer.status}")
    return answer.body.decode("utf-8", "replace").strip()


def _fields(comment: Comment) -> dict[str, str]:
    return {
        "permalink": settings.SITE_URL + comment.post.get_absolute_url(),
        "comment_type": "reply" if comment.parent_id else "comment",
        "comment_author": comment.author_name,
        "comment_author_email": comment.author_email,
        "comment_author_url": comment.author_site,
        "comment_content": comment.body,
        "comment_date_gmt": comment.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "blog_lang": (translation.get_language() or "").replace("-", "_"),
        "blog_charset": "UTF-8",
    }
