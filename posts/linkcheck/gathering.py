"""Which addresses on other sites published texts link to."""

import random
from datetime import timedelta
from itertools import islice

from django.db import transaction
from django.utils import timezone

from posts.linkcheck.addresses import asked_for, host_of
from posts.linkcheck.asking import of_published
from posts.models import ExternalLink, LinkUse, Page, Post
from posts.models.external_link import digest_of

BATCH = 200  # texts at a time
PATIENCE = timedelta(days=6)  # over which the first checks of many new links are spread
FEW = 500  # new links of one gathering that are checked soon


def gather() -> int:
    """Bring links and their uses up to date; how many links there are. Safe to repeat."""
    for model, name in ((Post, "post"), (Page, "page")):
        rows = model.objects.published().order_by("pk").values_list("pk", "links")
        texts = rows.iterator(chunk_size=BATCH)
        while some := list(islice(texts, BATCH)):
            note(name, some)
    forget_unused()
    return ExternalLink.objects.count()


def note(kind: str, texts: list[tuple[int, list[str]]]) -> None:
    """Store what these texts link to, and no more of what they linked to before."""
    wanted = {pk: asked_for(links) for pk, links in texts}
    links = known(set().union(*wanted.values()))
    pairs = {(links[address], pk) for pk, addresses in wanted.items() for address in addresses}
    uses = LinkUse.objects.filter(**{f"{kind}__in": list(wanted)})
    stored = {(use.link_id, getattr(use, f"{kind}_id")): use.pk for use in uses}
    gone = [pk for pair, pk in stored.items() if pair not in pairs]
    with transaction.atomic():
        for start in range(0, len(gone), BATCH):
            LinkUse.objects.filter(pk__in=gone[start : start + BATCH]).delete()
        # Somebody may have gathered at the same time, or deleted a text.
        new = [LinkUse(link_id=link, **{f"{kind}_id": pk}) for link, pk in pairs - set(stored)]
        LinkUse.objects.bulk_create(new, batch_size=BATCH, ignore_conflicts=True)


def known(addresses: set[str]) -> dict[str, int]:
    """The key of the stored link of each address; new ones are stored, due within days."""
    by_digest = {digest_of(address): address for address in addresses}
    found = keys_of(by_digest)
    new = sorted(set(by_digest) - {digest_of(address) for address in found}, key=by_digest.get)
    rows = [new_link(by_digest[digest], digest, len(new)) for digest in new]
    ExternalLink.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return found | keys_of({digest: by_digest[digest] for digest in new})


def keys_of(by_digest: dict[str, str]) -> dict[str, int]:
    digests, found = sorted(by_digest), {}
    for start in range(0, len(digests), BATCH):
        rows = ExternalLink.objects.filter(digest__in=digests[start : start + BATCH])
        found |= {by_digest[digest]: pk for digest, pk in rows.values_list("digest", "pk")}
    return found


def new_link(address: str, digest: str, siblings: int) -> ExternalLink:
    spread = PATIENCE * random.random() if siblings > FEW else timedelta(0)  # noqa: S311
    due = timezone.now() + spread
    return ExternalLink(address=address, digest=digest, host=host_of(address)[:255], due_at=due)


def forget_unused() -> None:
    """Remove links that no published text has any more."""
    LinkUse.objects.exclude(of_published()).delete()
    ExternalLink.objects.filter(uses=None).delete()
