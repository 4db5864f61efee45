"""Which status a new comment gets, and why."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils import timezone

from comments import acquaintance, blocking, networks, rates, reasons
from comments.models import Comment, CommentSettings, Status
from posts.rendering.plain import find_links

FASTEST_SECONDS = 3  # nobody reads a form and types an answer in less
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
    standings = acquaintance.standings_of(comment)
    for verdict in spam_signs(comment, circumstances, rules, standings):
        return verdict
    for reason in odd_signs(comment, circumstances, rules, lately):
        return Verdict(Status.PENDING, reason)
    return by_policy(comment, circumstances, rules, standings)


def spam_signs(comment, circumstances, rules, standings) -> Iterator[Verdict]:
    """Why it is spam, the surest sign first."""
    if acquaintance.is_banned(standings):
        yield Verdict(Status.SPAM, reasons.BANNED)
    blocked_networks = networks.networks_in(rules.blocked_networks)
    if networks.is_blocked(circumstances.address, blocked_networks):
        yield Verdict(Status.SPAM, reasons.BLOCKED_NETWORK)
    if address := blocking.blocked_address(comment, rules.blocked_addresses):
        yield Verdict(Status.SPAM, reasons.BLOCKED_ADDRESS, address)
    if word := blocking.blocked_word(comment, rules.blocked_words):
        yield Verdict(Status.SPAM, reasons.BLOCKED_WORD, word)
    if circumstances.trap_filled:
        yield Verdict(Status.SPAM, reasons.HONEYPOT)


def odd_signs(comment, circumstances, rules, lately) -> Iterator[str]:
    """Reasons why a moderator should look first."""
    if len(find_links(comment.body_html)) > rules.max_links:
        yield reasons.MANY_LINKS
    if circumstances.seconds is not None and circumstances.seconds < FASTEST_SECONDS:
        yield reasons.SENT_TOO_FAST
    if lately.are_held(rules):
        yield reasons.MANY_COMMENTS


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
