"""The mails about comments, one function each.

Each queues one mail in the current transaction, under a cause that lets it go out once. Everything
that people typed stands in the body escaped or quoted, and in headers as one plain line.
"""

from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from blogsite.outgoing import mail
from comments import reasons
from comments.mail import headers as mail_headers
from comments.mail import links
from comments.mail.words import excerpt, name_of, one_line, quoted, title_of
from comments.models import Address, Comment, Notice, Subscription
from posts.models import SiteSettings
from posts.rendering import absolute_urls

BEGINNING_LENGTH = 1500  # characters of a waiting comment in a moderator's mail
MOST_EVIDENCE = 5


@dataclass
class Told:
    """One comment as the templates of mails show it."""

    comment: Comment
    history: str = ""  # what else its author wrote; for moderators
    links: dict[str, str] | None = None  # where a moderator decides, by decision

    @cached_property
    def name(self) -> str:
        return name_of(self.comment)

    @cached_property
    def title(self) -> str:
        return title_of(self.comment.post)

    @cached_property
    def html(self) -> str:
        return absolute_urls(self.comment.body_html, self.comment.permalink)

    @property
    def quoted(self) -> str:
        return quoted(self.comment)

    @property
    def beginning(self) -> str:
        """Enough of the text to decide by; the links to decide with must not stand far below."""
        return quoted(self.comment, BEGINNING_LENGTH)

    @property
    def excerpt(self) -> str:
        return excerpt(self.comment)

    @property
    def reason(self) -> str:
        sentence = str(reasons.SENTENCES.get(self.comment.reason, ""))
        detail = one_line(self.comment.reason_detail)
        return f"{sentence} ({detail})" if sentence and detail else sentence

    @property
    def evidence(self) -> list[str]:
        known = [each for each in self.comment.evidence if isinstance(each, dict)]
        return [one_line(str(each.get("what", "")), 120) for each in known[:MOST_EVIDENCE]]

    @property
    def queue_link(self) -> str:
        return settings.SITE_URL + reverse("admin:comments_comment_change", args=[self.comment.pk])


# --- To readers -------------------------------------------------------------------


def ask(address: Address) -> None:
    """Ask whether mail may come. Nothing in it was typed by whoever gave the address."""
    stop_link = links.stop_link(address, links.EVERYTHING)
    send(
        f"ask:{address.pk}:{address.asked_count}",
        address,
        "ask",
        lambda site: _("May %(site)s send you mail?") % {"site": one_line(site.title)},
        {"confirm_link": links.confirm_link(address), "stop_link": stop_link},
        mail_headers.common(stop_link)
        | {"Message-ID": mail_headers.mail_id("ask", address.asked_count, address)},
    )


def answer(notice: Notice, subscription: Subscription) -> None:
    """Tell of one new comment."""
    address, comment = notice.address, notice.comment
    stop_link = links.stop_link(address, subscription)
    told = Told(comment)
    answers_you = (
        comment.parent is not None and comment.parent.author_email.lower() == address.email
    )
    names = {"name": told.name, "title": told.title}
    send(
        answer_cause(notice.pk),
        address,
        "answer",
        lambda site: (
            _("%(name)s answered you on “%(title)s”") % names
            if answers_you
            else _("New comment on “%(title)s”") % names
        ),
        {
            "told": told,
            "answers_you": answers_you,
            "subscription": subscription,
            "stop_link": stop_link,
        },
        mail_headers.common(stop_link) | mail_headers.of_answer(comment, address),
    )


def answer_cause(notice_id: int | str) -> str:
    return f"answer:{notice_id}"


def answers(notices: list[Notice], what: Subscription | str) -> None:
    """Tell of several new comments at once; `what` is what the mail's stop link ends."""
    address, comments = notices[0].address, [notice.comment for notice in notices]
    stop_link = links.stop_link(address, what)
    count = {"count": len(comments), "title": title_of(comments[0].post)}
    one_post = len({comment.post_id for comment in comments}) == 1
    send(
        f"answers:{notices[0].pk}",
        address,
        "answers",
        lambda site: (
            (
                ngettext(
                    "%(count)s new comment on “%(title)s”",
                    "%(count)s new comments on “%(title)s”",
                    len(comments),
                )
                if one_post
                else ngettext("%(count)s new comment", "%(count)s new comments", len(comments))
            )
            % count
        ),
        {"all_told": [Told(each) for each in comments], "stop_link": stop_link},
        mail_headers.common(stop_link) | mail_headers.of_digest(comments, address),
    )


# --- To moderators ----------------------------------------------------------------


def waiting(notice: Notice, moderator: User, history: str, last_decision: int) -> None:
    """Tell a moderator of a comment that waits."""
    address, comment = notice.address, notice.comment
    stop_link = links.stop_link(address, links.WAITING)
    told = Told(comment, history, decide_links(comment, moderator, last_decision))
    names = {"name": told.name, "title": told.title}
    send(
        f"waiting:{notice.pk}",
        address,
        "waiting",
        lambda site: _("A comment by %(name)s waits: “%(title)s”") % names,
        {"told": told, "stop_link": stop_link},
        mail_headers.common(stop_link) | mail_headers.of_waiting("waiting", comment, address),
    )


def waiting_together(
    notices: list[Notice], moderator: User, last_decisions: dict[int, int]
) -> None:
    """Tell a moderator of several comments that wait, each with one link that leads to deciding."""
    address, comments = notices[0].address, [notice.comment for notice in notices]
    stop_link = links.stop_link(address, links.WAITING)
    all_told = [
        Told(each, "", decide_links(each, moderator, last_decisions.get(each.pk, 0)))
        for each in comments
    ]
    send(
        f"waiting_together:{notices[0].pk}",
        address,
        "waiting_together",
        lambda site: (
            ngettext("%(count)s comment waits", "%(count)s comments wait", len(comments))
            % {"count": len(comments)}
        ),
        {"all_told": all_told, "stop_link": stop_link},
        mail_headers.common(stop_link)
        | mail_headers.of_waiting("waiting-digest", comments[0], address),
    )


def decide_links(comment: Comment, moderator: User, last_decision: int) -> dict[str, str]:
    return {
        status.value: links.decide_link(comment, moderator, status.value, last_decision)
        for status in links.DECISIONS
    }


# --- All of them ------------------------------------------------------------------


def send(cause, address: Address, template: str, subject, context: dict, headers: dict) -> None:
    """Render both parts in the site's language and queue the mail.

    `subject` is called with the site's settings, for it too is in that language.
    """
    with translation.override(settings.LANGUAGE_CODE):
        site = SiteSettings.load()
        context = context | {
            "site": site,
            "site_url": settings.SITE_URL,
            "site_name": one_line(site.title),
            "manage_link": links.manage_link(address),
            "language": settings.LANGUAGE_CODE,
            "is_rtl": translation.get_language_bidi(),
        }
        mail.queue(
            cause,
            address.email,
            subject(site),
            tidy(render_to_string(f"comments/mail/{template}.txt", context)),
            render_to_string(f"comments/mail/{template}.html", context),
            headers,
            sender_name=context["site_name"],
        )


def tidy(text: str) -> str:
    """Without the empty lines that the tags of a template leave behind."""
    lines = [line if line.strip() else "" for line in text.strip().split("\n")]
    kept = [line for n, line in enumerate(lines) if line or (n and lines[n - 1])]
    return "\n".join(kept) + "\n"
