"""What the link check has found."""

from collections import defaultdict

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from posts.linkcheck.addresses import asked_form
from posts.models import ExternalLink, LinkUse
from posts.models.external_link import digest_of
from posts.models.publication import has_status, long_columns

BATCH = 500  # digests in one question


def broken_links() -> QuerySet:
    """Links of published texts that are broken, the oldest first; `uses` are at hand."""
    shown = LinkUse.objects.filter(of_published(), link=OuterRef("pk"))
    return with_uses(ExternalLink.objects.broken().filter(Exists(shown)))


def with_uses(links: QuerySet) -> QuerySet:
    """`links` with the published texts that use them, in one more query."""
    hidden = [*long_columns("post__"), *long_columns("page__")]
    uses = LinkUse.objects.filter(of_published()).select_related("post", "page").defer(*hidden)
    return links.prefetch_related(Prefetch("uses", uses.order_by("pk")))


def of_published() -> Q:
    return has_status("published", "post__") | has_status("published", "page__")


def due_links() -> QuerySet:
    """What is to be asked for now; never what only a hidden text links to."""
    shown = LinkUse.objects.filter(of_published(), link=OuterRef("pk"))
    return ExternalLink.objects.due().filter(Exists(shown))


def broken_among(links: set[str]) -> dict[str, ExternalLink]:
    """Those of `links`, as they stand in a text, that are broken."""
    digests: dict[str, list[str]] = defaultdict(list)
    for link in links:
        digests[digest_of(asked_form(link))].append(link)
    wanted, found = sorted(digests), {}
    for start in range(0, len(wanted), BATCH):
        for row in ExternalLink.objects.broken().filter(digest__in=wanted[start : start + BATCH]):
            found |= dict.fromkeys(digests[row.digest], row)
    return found
