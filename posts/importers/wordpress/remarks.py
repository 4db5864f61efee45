"""The comments of an item, and what other sites sent in their place."""

from datetime import datetime

from django.utils.translation import gettext as _

from posts.importers.archives.records import Decision, Markup, Remark, Sort
from posts.importers.wordpress.elements import Element
from posts.importers.wordpress.facts import Facts
from posts.importers.wordpress.moments import moment
from posts.importers.wordpress.terms import name_of

DECISIONS = {
    "1": Decision.APPROVED,
    "approve": Decision.APPROVED,
    "approved": Decision.APPROVED,
    "spam": Decision.SPAM,
    "trash": Decision.REMOVED,
    "post-trashed": Decision.REMOVED,
}
# Others are no comments: notes of editors, orders of a shop, logs of plugins; some are private.
SORTS = {
    "": Sort.COMMENT,
    "comment": Sort.COMMENT,
    "review": Sort.COMMENT,
    "reply": Sort.COMMENT,
    "pingback": Sort.PINGBACK,
    "webmention": Sort.PINGBACK,
    "mention": Sort.PINGBACK,
    "trackback": Sort.TRACKBACK,
}


def remarks_of(
    item: Element, facts: Facts, otherwise: datetime | None
) -> tuple[list[Remark], list[str]]:
    """Comments in the order of the file, and sentences about those that do not come in.

    `otherwise` is when one without any date was written.
    """
    remarks: list[Remark] = []
    strange: dict[str, int] = {}
    undated = 0
    for comment in item.all("wp:comment"):
        kind = comment.value("wp:comment_type").lower()
        if kind not in SORTS:
            strange[kind] = strange.get(kind, 0) + 1
        elif remark := remark_of(comment, SORTS[kind], facts, otherwise):
            remarks.append(remark)
        else:
            undated += 1
    number_again(remarks)
    problems = [
        _("%(count)s comments of the kind “%(kind)s” do not come in.")
        % {"count": count, "kind": kind[:50]}
        for kind, count in list(strange.items())[:20]
    ]
    if undated:
        problems.append(_("%(count)s comments without a date do not come in.") % {"count": undated})
    return remarks, problems


def remark_of(
    comment: Element, sort: Sort, facts: Facts, otherwise: datetime | None
) -> Remark | None:
    created_at = moment(
        comment.value("wp:comment_date_gmt"), comment.value("wp:comment_date"), "", facts.offsets
    )
    created_at = created_at or otherwise
    if created_at is None:
        return None
    site = comment.value("wp:comment_author_url")
    key, parent = comment.value("wp:comment_id"), comment.value("wp:comment_parent")
    return Remark(
        key=key,
        body=comment.value("wp:comment_content"),
        created_at=created_at,
        markup=Markup.HTML,
        decision=DECISIONS.get(comment.value("wp:comment_approved").lower(), Decision.PENDING),
        sort=sort,
        parent="" if parent in {"0", key} else parent,
        person=facts.logins.get(comment.value("wp:comment_user_id"), ""),
        name=name_of(comment.value("wp:comment_author")),
        email=comment.value("wp:comment_author_email"),
        site="" if site in {"http://", "https://"} else site,
    )


def number_again(remarks: list[Remark]) -> None:
    """Give those without a number, or with that of another, a key of their own."""
    keys: set[str] = set()
    for place, remark in enumerate(remarks, 1):
        if not remark.key or remark.key in keys:
            remark.key = f"{remark.key or 'comment'}-{place}"
        keys.add(remark.key)
