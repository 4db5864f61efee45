"""Which status a new comment gets, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.utils import timezone

from blogsite.client import address_of
from comments import networks, reasons, spam
from comments.models import Comment, CommentSettings, Status
from comments.spam import akismet
from comments.writing import acquaintance, blocking, rates
from comments.writing.guests import Guest
from posts.rendering.plain import find_links

FASTEST_SECONDS = 3  # nobody reads a form and types an answer in less
# What the filter is this sure of does not even wait; see docs/spam.md for its numbers. From
# `spam.SPAM_FROM` on a comment waits, whatever the policy.
SURE_SPAM = 0.99
# Guests who come with a link to a post as old as this mostly came for the link.
OLD_POST = timedelta(days=60)


@dataclass(frozen=True)
class Circumstances:
    """What is known of a form beside what was typed into it. Nothing of it is stored."""

    address: str = ""  # network address
    user_agent: str = ""
    referrer: str = ""
    trap_filled: bool = False  # the field that only machines see
    seconds: int | None = None  # since the form was made; None where nobody knows
    own_keys: list[int] = field(default_factory=list)  # earlier comments of this very browser

    @classmethod
    def from_request(cls, request, **form) -> "Circumstances":
        """`form` may give `trap_filled` and `seconds`."""
        return cls(
            address=address_of(request),
            user_agent=request.headers.get("User-Agent", ""),
            referrer=request.headers.get("Referer", ""),
            own_keys=Guest.from_request(request).comment_keys,
            **form,
        )


@dataclass(frozen=True)
class Verdict:
    status: Status
    reason: str
    detail: str = ""
    score: float | None = None
    evidence: list[dict] = field(default_factory=list)


class TooMany(Exception):
    """More comments come from there than the site takes in."""


def judge(comment: Comment, circumstances: Circumstances, rules: CommentSettings) -> Verdict:
    """The status for a rendered `comment`, new or just edited; raises TooMany.

    What is certain goes first: who works here, who is banned, what is blocked. Then what is odd,
    and the site's policy last.
    """
    if acquaintance.works_here(comment):
        return Verdict(Status.APPROVED, reasons.STAFF)
    # An edited comment is in these numbers already.
    lately = rates.Rates() if comment.pk else rates.count(comment.address_key, comment.network_key)
    if lately.are_refused(rules):
        raise TooMany
    score = spam.score(comment)
    standings = acquaintance.standings_of(comment)
    verdict = (
        next(spam_signs(comment, circumstances, rules, standings, score), None)
        or next(odd_signs(comment, circumstances, rules, lately, score), None)
        or by_policy(comment, circumstances, rules, standings)
    )
    return replace(verdict, score=score.probability, evidence=score.evidence)


def spam_signs(comment, circumstances, rules, standings, score) -> Iterator[Verdict]:
    """Why it is spam, the surest sign first."""
    if acquaintance.is_banned(standings):
        yield Verdict(Status.SPAM, reasons.BANNED)
    if networks.is_blocked(circumstances.address, networks.networks_in(rules.blocked_networks)):
        yield Verdict(Status.SPAM, reasons.BLOCKED_NETWORK)
    if address := blocking.blocked_address(comment, rules.blocked_addresses):
        yield Verdict(Status.SPAM, reasons.BLOCKED_ADDRESS, address)
    if word := blocking.blocked_word(comment, rules.blocked_words):
        yield Verdict(Status.SPAM, reasons.BLOCKED_WORD, word)
    if circumstances.trap_filled:
        yield Verdict(Status.SPAM, reasons.HONEYPOT)
    if score.looks_like_spam and score.probability >= SURE_SPAM:
        yield Verdict(Status.SPAM, reasons.LOOKS_LIKE_SPAM)
    if rules.akismet_key:  # last, for it takes time and tells others
        yield from asked_elsewhere(comment, circumstances)


def asked_elsewhere(comment, circumstances) -> Iterator[Verdict]:
    """What Akismet says; a comment that it could not be asked about waits."""
    answer = akismet.check(
        comment, circumstances.address, circumstances.user_agent, circumstances.referrer
    )
    if answer is None:
        yield Verdict(Status.PENDING, reasons.AKISMET_SILENT)
    elif answer:
        yield Verdict(Status.SPAM, reasons.AKISMET)


def odd_signs(comment, circumstances, rules, lately, score) -> Iterator[Verdict]:
    """Why a moderator should look first."""
    if len(find_links(comment.body_html)) > rules.max_links:
        yield Verdict(Status.PENDING, reasons.MANY_LINKS)
    if circumstances.seconds is not None and circumstances.seconds < FASTEST_SECONDS:
        yield Verdict(Status.PENDING, reasons.SENT_TOO_FAST)
    if lately.are_held(rules):
        yield Verdict(Status.PENDING, reasons.MANY_COMMENTS)
    if score.looks_like_spam:
        yield Verdict(Status.PENDING, reasons.LOOKS_LIKE_SPAM)


def by_policy(comment, circumstances, rules, standings) -> Verdict:
    known = acquaintance.is_known(comment, circumstances.own_keys)
    if acquaintance.is_trusted(standings, proved=known or comment.member is not None):
        return Verdict(Status.APPROVED, reasons.TRUSTED)
    if rules.policy == CommentSettings.Policy.HELD:
        return Verdict(Status.PENDING, reasons.ALL_HELD)
    if known:
        return Verdict(Status.APPROVED, reasons.KNOWN_PERSON)
    if rules.policy == CommentSettings.Policy.FIRST:
        return Verdict(Status.PENDING, reasons.FIRST_COMMENT)
    if comment.member:
        return Verdict(Status.APPROVED, reasons.MEMBER)
    if is_link_under_old_post(comment):
        return Verdict(Status.PENDING, reasons.LINK_UNDER_OLD_POST)
    return Verdict(Status.APPROVED, reasons.OPEN)


def is_link_under_old_post(comment: Comment) -> bool:
    has_link = bool(comment.author_site or find_links(comment.body_html))
    return has_link and timezone.now() - comment.post.published_at > OLD_POST
